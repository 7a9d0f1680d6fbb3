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

/** Cells along the edge of a block that is passed over when its middle lies far from the surface. */
const BLOCK = 4
/** How much nearer than the field says the surface may be: pseudo-distances and lenses stretch it. */
const DOUBT = 2.2

/** Closed surface where the field is zero, by surface nets: one vertex in each cell that it passes through.
    Yields now and then, so that the page stays alive. */
export function* surfaceNets(field: Union, warp: Warp, box: Box, cell: number): Generator<void, Surface> {
  const counts = [0, 1, 2].map((a) => BLOCK * Math.ceil((box.high[a]! - box.low[a]!) / cell / BLOCK) + 1)
  const [nx, ny, nz] = counts as [number, number, number]
  const grid = { nx, ny, nz, cell, low: box.low }
  const values = new Float32Array(nx * ny * nz).fill(NaN)
  yield* fill(values, field, warp, grid)
  const mesh = yield* net(values, warp, grid)
  yield* settle(mesh.positions, field, cell)
  return mesh
}

interface Grid {
  nx: number
  ny: number
  nz: number
  cell: number
  low: readonly [number, number, number]
}

function* fill(values: Float32Array, whole: Union, warp: Warp, g: Grid): Generator<void, void> {
  const at = new Float32Array(3)
  const place = (i: number, j: number, k: number) => {
    warp(g.low[0] + i * g.cell, g.low[1] + j * g.cell, g.low[2] + k * g.cell, at)
  }
  const half = BLOCK / 2
  const reach = DOUBT * Math.sqrt(3) * half * g.cell
  for (let k = 0; k < g.nz; k += BLOCK) {
    for (let j = 0; j < g.ny; j += BLOCK) {
      for (let i = 0; i < g.nx; i += BLOCK) {
        place(i + half, j + half, k + half)
        const middle = whole.at(at[0]!, at[1]!, at[2]!)
        const clear = Math.abs(middle) > reach
        const field = clear ? whole : whole.within(at[0]!, at[1]!, at[2]!, reach)
        for (let c = k; c < Math.min(k + BLOCK, g.nz); c++)
          for (let b = j; b < Math.min(j + BLOCK, g.ny); b++)
            for (let a = i; a < Math.min(i + BLOCK, g.nx); a++) {
              if (!clear) place(a, b, c)
              values[(c * g.ny + b) * g.nx + a] = clear ? middle : field.at(at[0]!, at[1]!, at[2]!)
            }
      }
    }
    yield
  }
}

const EDGES: readonly (readonly [number, number])[] = [
  [0, 1],
  [2, 3],
  [4, 5],
  [6, 7],
  [0, 2],
  [1, 3],
  [4, 6],
  [5, 7],
  [0, 4],
  [1, 5],
  [2, 6],
  [3, 7],
]

function* net(values: Float32Array, warp: Warp, g: Grid): Generator<void, Surface> {
  const { nx, ny, nz } = g
  const strides = [1, nx, nx * ny]
  const corners = [0, 1, 2, 3, 4, 5, 6, 7].map(
    (c) => (c & 1) + ((c >> 1) & 1) * nx + ((c >> 2) & 1) * nx * ny,
  )
  const vertexOf = new Int32Array(values.length).fill(-1)
  const positions: number[] = []
  const triangles: number[] = []
  const at = new Float32Array(3)
  for (let k = 0; k < nz - 1; k++) {
    if (k % 8 === 0) yield
    for (let j = 0; j < ny - 1; j++)
      for (let i = 0; i < nx - 1; i++) {
        const cell = (k * ny + j) * nx + i
        const middle = crossing(values, cell, corners)
        if (!middle) continue
        vertexOf[cell] = positions.length / 3
        const [x, y, z] = [i + middle[0], j + middle[1], k + middle[2]]
        warp(g.low[0] + x * g.cell, g.low[1] + y * g.cell, g.low[2] + z * g.cell, at)
        positions.push(at[0]!, at[1]!, at[2]!)
        facesAt(values, vertexOf, cell, [i, j, k], strides, triangles)
      }
  }
  return { positions: new Float32Array(positions), triangles: new Uint32Array(triangles) }
}

/** Mean of where the surface crosses a cell's edges, in cells; null when it does not. */
function crossing(
  values: Float32Array,
  cell: number,
  corners: readonly number[],
): [number, number, number] | null {
  let inside = 0
  for (const corner of corners) if (values[cell + corner]! < 0) inside++
  if (inside === 0 || inside === 8) return null
  const v = corners.map((corner) => values[cell + corner]!)
  const sum: [number, number, number] = [0, 0, 0]
  let count = 0
  for (const [a, b] of EDGES) {
    const [va, vb] = [v[a]!, v[b]!]
    if (va < 0 === vb < 0) continue
    const share = va / (va - vb)
    for (let axis = 0; axis < 3; axis++) {
      const [pa, pb] = [(a >> axis) & 1, (b >> axis) & 1]
      sum[axis]! += pa + share * (pb - pa)
    }
    count++
  }
  return [sum[0] / count, sum[1] / count, sum[2] / count]
}

/** Squares round those of a cell's first three edges that the surface crosses. */
function facesAt(
  values: Float32Array,
  vertexOf: Int32Array,
  cell: number,
  at: readonly number[],
  strides: readonly number[],
  triangles: number[],
): void {
  const here = values[cell]! < 0
  for (let axis = 0; axis < 3; axis++) {
    if (here === values[cell + strides[axis]!]! < 0) continue
    const [u, w] = [(axis + 1) % 3, (axis + 2) % 3]
    if (at[u] === 0 || at[w] === 0) continue
    const [du, dw] = [strides[u]!, strides[w]!]
    const ring = [cell, cell - du, cell - du - dw, cell - dw].map((c) => vertexOf[c]!)
    const [a, b, c, d] = (here ? ring : ring.reverse()) as [number, number, number, number]
    triangles.push(a, b, c, a, c, d)
  }
}

/** Moves vertices onto the surface: the net leaves them a little inside of bends. */
function* settle(positions: Float32Array, whole: Union, cell: number): Generator<void, void> {
  for (let v = 0; v < positions.length; v += 3) {
    const field = whole.within(positions[v]!, positions[v + 1]!, positions[v + 2]!, cell).at
    settled(positions, v, field, cell / 2)
    settled(positions, v, field, cell / 2)
    if (v % 1500 === 0) yield
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
