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

/** A cell is named after its corner with the lowest coordinates; corner c of it lies beyond by the bits of c.
    Nothing here is made anew for each point or cell: what is thrown away took a fifth of a first body's time. */
class Grid {
  readonly strides: readonly [number, number, number]
  private readonly last: Steps
  private readonly values: Float32Array
  private readonly corners: Int32Array
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
    this.corners = Int32Array.from({ length: 8 }, (_, c) => (c & 1) + ((c >> 1) & 1) * nx + ((c >> 2) & 1) * nx * ny)
  }

  get points(): number {
    return this.values.length
  }

  /** The field at a point; the sides of the box are outside, so that nothing is followed out of it. */
  value(point: number): number {
    const known = this.values[point]!
    return Number.isNaN(known) ? this.asked(point) : known
  }

  private asked(point: number): number {
    const i = this.along(point)
    const j = this.across(point)
    const k = this.up(point)
    const { last } = this
    const within = i > 0 && i < last[0] && j > 0 && j < last[1] && k > 0 && k < last[2]
    const near = this.near(i, j, k)
    const at = this.place(i, j, k)
    const found = near.at(at[0]!, at[1]!, at[2]!)
    return (this.values[point] = within ? found : Math.max(found, 0))
  }

  /** Which corners of a cell are inside, one bit each. */
  inside(cell: number): number {
    let found = 0
    for (let c = 0; c < 8; c++) if (this.value(cell + this.corners[c]!) < 0) found |= 1 << c
    return found
  }

  /** Mean of the places where the surface crosses a cell's edges [m]. */
  crossing(cell: number): Float32Array {
    let x = 0
    let y = 0
    let z = 0
    let count = 0
    for (let e = 0; e < EDGES.length; e += 2) {
      const a = EDGES[e]!
      const b = EDGES[e + 1]!
      const from = this.values[cell + this.corners[a]!]!
      const to = this.values[cell + this.corners[b]!]!
      if (from < 0 === to < 0) continue
      const share = from / (from - to)
      x += (a & 1) + share * ((b & 1) - (a & 1))
      y += ((a >> 1) & 1) + share * (((b >> 1) & 1) - ((a >> 1) & 1))
      z += (a >> 2) + share * ((b >> 2) - (a >> 2))
      count++
    }
    return this.place(this.along(cell) + x / count, this.across(cell) + y / count, this.up(cell) + z / count)
  }

  /** The field round a cell, asked of only those shapes that can matter there. */
  round(cell: number): Union {
    return this.near(this.along(cell), this.across(cell), this.up(cell))
  }

  private near(i: number, j: number, k: number): Union {
    const x = middle(i)
    const y = middle(j)
    const z = middle(k)
    const name = x + this.strides[1] * y + this.strides[2] * z
    let found = this.blocks.get(name)
    if (!found) {
      const at = this.place(x, y, z)
      const reach = SPREAD * Math.sqrt(3) * (BLOCK / 2) * this.cell
      this.blocks.set(name, (found = this.whole.within(at[0]!, at[1]!, at[2]!, reach)))
    }
    return found
  }

  private along(point: number): number {
    return point % this.strides[1]
  }

  private across(point: number): number {
    return Math.floor((point % this.strides[2]) / this.strides[1])
  }

  private up(point: number): number {
    return Math.floor(point / this.strides[2])
  }

  private place(i: number, j: number, k: number): Float32Array {
    const { low } = this.box
    this.warp(low[0] + i * this.cell, low[1] + j * this.cell, low[2] + k * this.cell, this.at)
    return this.at
  }
}

type Steps = [number, number, number]

/** The middle of a block, counted as its points are. */
const middle = (n: number): number => n - (n % BLOCK) + BLOCK / 2

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
    for (let axis = 0; axis < 3; axis++) {
      go(inside, AHEAD[axis]!, cell + grid.strides[axis]!)
      go(inside, BEHIND[axis]!, cell - grid.strides[axis]!)
    }
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
    const du = strides[(axis + 1) % 3]!
    const dw = strides[(axis + 2) % 3]!
    const a = vertexOf[cell]!
    const b = vertexOf[cell - du]!
    const c = vertexOf[cell - du - dw]!
    const d = vertexOf[cell - dw]!
    if (here) triangles.push(a, b, c, a, c, d)
    else triangles.push(d, c, b, d, b, a)
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
