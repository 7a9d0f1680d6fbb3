import type { Field, Union } from './field'
import type { Warp } from './lens'

export interface Surface {
  /** x, y, z of each vertex [m]. */
  positions: Float32Array
  triangles: Uint32Array
}

export interface Box {
  low: readonly [number, number, number]
  high: readonly [number, number, number]
}

/** Points along the edge of a block for which the shapes that matter are picked once. */
const BLOCK = 4
/** Most that the rim of a lens spreads the net. */
const SPREAD = 1.5
/** From point to point in search of the inside; a prime, so that each has its turn. */
const STRIDE = 7919

/** Closed surface where the field is zero, by surface nets: one vertex in each cell that it passes through. It is in
    one piece and within the box: it is followed from cell to cell, and the field asked nowhere else. */
export function surfaceNets(field: Union, warp: Warp, box: Box, cell: number): Surface {
  const grid = new Grid(field, warp, box, cell)
  const cells = followed(grid)
  const mesh = net(grid, cells)
  settle(mesh.positions, grid, cells)
  return mesh
}

/** A cell is named after its corner with the lowest coordinates; corner c of it lies beyond by the bits of c. */
class Grid {
  readonly strides: readonly [number, number, number]
  private readonly last: Steps
  private readonly values: Float32Array
  private readonly corners: readonly number[]
  private readonly blocks = new Map<number, Union>()
  private readonly at = new Float32Array(3)

  constructor(
    private readonly whole: Union,
    private readonly warp: Warp,
    private readonly box: Box,
    readonly cell: number,
  ) {
    this.last = box.high.map((high, a) => BLOCK * Math.ceil((high - box.low[a]!) / cell / BLOCK)) as Steps
    const [nx, ny, nz] = this.last.map((n) => n + 1) as Steps
    this.values = new Float32Array(nx * ny * nz).fill(NaN)
    this.strides = [1, nx, nx * ny]
    this.corners = CORNERS.map((c) => (c & 1) + ((c >> 1) & 1) * nx + ((c >> 2) & 1) * nx * ny)
  }

  get points(): number {
    return this.values.length
  }

  /** The field at a point; the sides of the box are outside, so that nothing is followed out of it. */
  value(point: number): number {
    if (Number.isNaN(this.values[point]!)) {
      const steps = this.steps(point)
      const within = steps.every((n, axis) => n > 0 && n < this.last[axis]!)
      this.values[point] = Math.max(this.field(steps), within ? -Infinity : 0)
    }
    return this.values[point]!
  }

  private field([i, j, k]: Steps): number {
    const near = this.near(i, j, k)
    const [x, y, z] = this.place(i, j, k)
    return near.at(x!, y!, z!)
  }

  /** Which corners of a cell are inside, one bit each. */
  inside(cell: number): number {
    let found = 0
    for (let c = 0; c < 8; c++) if (this.value(cell + this.corners[c]!) < 0) found |= 1 << c
    return found
  }

  /** Mean of the places where the surface crosses a cell's edges [m]. */
  crossing(cell: number): Float32Array {
    const sum = [0, 0, 0]
    let count = 0
    for (let e = 0; e < EDGES.length; e += 2) {
      const [a, b] = [EDGES[e]!, EDGES[e + 1]!]
      const from = this.values[cell + this.corners[a]!]!
      const to = this.values[cell + this.corners[b]!]!
      if (from < 0 === to < 0) continue
      const share = from / (from - to)
      for (let axis = 0; axis < 3; axis++) {
        const low = (a >> axis) & 1
        sum[axis]! += low + share * (((b >> axis) & 1) - low)
      }
      count++
    }
    const [i, j, k] = this.steps(cell)
    return this.place(i + sum[0]! / count, j + sum[1]! / count, k + sum[2]! / count)
  }

  /** The field round a cell, asked of only those shapes that can matter there. */
  round(cell: number): Union {
    return this.near(...this.steps(cell))
  }

  private near(...steps: Steps): Union {
    const [i, j, k] = steps.map((n) => n - (n % BLOCK) + BLOCK / 2) as Steps
    const name = i + this.strides[1] * j + this.strides[2] * k
    let found = this.blocks.get(name)
    if (!found) {
      const [x, y, z] = this.place(i, j, k)
      const reach = SPREAD * Math.sqrt(3) * (BLOCK / 2) * this.cell
      this.blocks.set(name, (found = this.whole.within(x!, y!, z!, reach)))
    }
    return found
  }

  private steps(point: number): Steps {
    const [, row, layer] = this.strides
    const rest = point % layer
    return [rest % row, Math.floor(rest / row), Math.floor(point / layer)]
  }

  private place(i: number, j: number, k: number): Float32Array {
    const { low } = this.box
    this.warp(low[0] + i * this.cell, low[1] + j * this.cell, low[2] + k * this.cell, this.at)
    return this.at
  }
}

type Steps = [number, number, number]

const CORNERS = [0, 1, 2, 3, 4, 5, 6, 7]
/** From corner to corner. */
const EDGES = [0, 1, 2, 3, 4, 5, 6, 7, 0, 2, 1, 3, 4, 6, 5, 7, 0, 4, 1, 5, 2, 6, 3, 7]
/** Corners of the sides that lie ahead and behind along each axis, one bit each. */
const AHEAD = [0xaa, 0xcc, 0xf0]
const BEHIND = [0x55, 0x33, 0x0f]

/** All cells that the surface passes through, in order. */
function followed(grid: Grid): Int32Array {
  const first = start(grid)
  const found = [first]
  const known = new Uint8Array(grid.points)
  known[first] = 1
  const go = (inside: number, side: number, next: number) => {
    const shared = inside & side
    if (shared === 0 || shared === side || known[next]) return
    known[next] = 1
    found.push(next)
  }
  for (let n = 0; n < found.length; n++) {
    const cell = found[n]!
    const inside = grid.inside(cell)
    grid.strides.forEach((stride, axis) => {
      go(inside, AHEAD[axis]!, cell + stride)
      go(inside, BEHIND[axis]!, cell - stride)
    })
  }
  return Int32Array.from(found).sort()
}

/** A cell that the surface passes through: straight out from any point inside. */
function start(grid: Grid): number {
  let point = 0
  while (grid.value(point) >= 0) point = (point + STRIDE) % grid.points
  while (grid.value(point) < 0) point--
  return point
}

function net(grid: Grid, cells: Int32Array): Surface {
  const vertexOf = new Int32Array(grid.points)
  const positions = new Float32Array(3 * cells.length)
  const triangles: number[] = []
  cells.forEach((cell, vertex) => {
    vertexOf[cell] = vertex
    positions.set(grid.crossing(cell), 3 * vertex)
    facesAt(grid, vertexOf, cell, triangles)
  })
  return { positions, triangles: new Uint32Array(triangles) }
}

/** Squares round those of a cell's first three edges that the surface crosses. */
function facesAt(grid: Grid, vertexOf: Int32Array, cell: number, triangles: number[]): void {
  const { strides } = grid
  const here = grid.value(cell) < 0
  for (let axis = 0; axis < 3; axis++) {
    if (here === grid.value(cell + strides[axis]!) < 0) continue
    const [du, dw] = [strides[(axis + 1) % 3]!, strides[(axis + 2) % 3]!]
    const ring = [cell, cell - du, cell - du - dw, cell - dw].map((c) => vertexOf[c]!)
    const [a, b, c, d] = (here ? ring : ring.reverse()) as [number, number, number, number]
    triangles.push(a, b, c, a, c, d)
  }
}

/** Moves vertices onto the surface: the net leaves them a little inside of bends. */
function settle(positions: Float32Array, grid: Grid, cells: Int32Array): void {
  for (let v = 0; v < positions.length; v += 3) {
    const field = grid
      .round(cells[v / 3]!)
      .within(positions[v]!, positions[v + 1]!, positions[v + 2]!, grid.cell).at
    settled(positions, v, field, grid.cell / 2)
    settled(positions, v, field, grid.cell / 2)
  }
}

/** Half the step over which the field's slope is taken [m]. */
const STEP = 0.002

function settled(positions: Float32Array, v: number, field: Field, most: number): void {
  const x = positions[v]!
  const y = positions[v + 1]!
  const z = positions[v + 2]!
  const gx = field(x + STEP, y, z) - field(x - STEP, y, z)
  const gy = field(x, y + STEP, z) - field(x, y - STEP, z)
  const gz = field(x, y, z + STEP) - field(x, y, z - STEP)
  const steep = (gx * gx + gy * gy + gz * gz) / (4 * STEP * STEP)
  if (steep < 0.05) return
  const far = Math.max(-most, Math.min(most, field(x, y, z) / steep)) / (2 * STEP)
  positions[v] = x - far * gx
  positions[v + 1] = y - far * gy
  positions[v + 2] = z - far * gz
}
