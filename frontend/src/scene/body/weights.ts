import type { Shape } from './field'
import type { Joints } from './joints'
import { BONES, type Bone } from './rig'
import type { Surface } from './surface'

/** Bones that move each vertex, and how much: four of each, weights summing to one. */
export interface Weights {
  bones: Uint8Array
  shares: Float32Array
}

export const PER_VERTEX = 4

/** How far past the nearest shape others still move a vertex [m]. */
const REACH = 0.022
/** Half the width over which left and right share the middle [m]. */
const MIDDLE = 0.025
const SMOOTHINGS = 3

export function weights(
  surface: Surface,
  left: readonly Shape[],
  right: readonly Shape[],
  joints: Joints,
): Weights {
  const count = surface.positions.length / 3
  const dense = new Float32Array(count * BONES.length)
  const spread = spreader(dense, trunkShares(joints), Math.max(left.length, right.length))
  for (let v = 0; v < count; v++) {
    const x = surface.positions[v * 3]!
    const y = surface.positions[v * 3 + 1]!
    const z = surface.positions[v * 3 + 2]!
    spread(v * BONES.length, y < 0 ? right : left, x, y, z)
  }
  return fewest(smoothed(dense, surface, count), count)
}

const LEFT = BONES.map((name, index) =>
  name.endsWith('_l') ? BONES.indexOf(`${name.slice(0, -1)}r` as Bone) : -1 - index,
)

/** Adds a bone's share to the row of a vertex, which begins at `row`. */
type Trunk = (z: number, row: number, share: number, dense: Float32Array) => void

/** Shares a place out among the bones of the shapes near it, into the row that begins at `row`. */
function spreader(
  dense: Float32Array,
  trunk: Trunk,
  most: number,
): (row: number, shapes: readonly Shape[], x: number, y: number, z: number) => void {
  const distances = new Float64Array(most)
  const thorax = BONES.indexOf('thorax')
  return (row, shapes, x, y, z) => {
    const side = Math.abs(y)
    let least = Infinity
    for (let index = 0; index < shapes.length; index++) {
      const shape = shapes[index]!
      const far = (distances[index] = fenced(shape, x, side, z) ? shape.distance(x, side, z) : Infinity)
      if (far < least) least = far
    }
    const leftness = eased((y + MIDDLE) / (2 * MIDDLE))
    for (let index = 0; index < shapes.length; index++) {
      const beyond = (distances[index]! - least) / REACH
      if (beyond > 3) continue
      const share = Math.exp(-beyond * beyond)
      const { bone } = shapes[index]!
      const other = LEFT[bone]!
      if (bone === thorax) trunk(z, row, share, dense)
      else if (other < 0) dense[row + bone]! += share
      else {
        dense[row + bone]! += share * leftness
        dense[row + other]! += share * (1 - leftness)
      }
    }
  }
}

/** Whether a place is near enough to a shape's ball for it to matter. */
function fenced({ centre: c, reach }: Shape, x: number, y: number, z: number): boolean {
  const near = reach + 4 * REACH
  return (x - c[0]) ** 2 + (y - c[1]) ** 2 + (z - c[2]) ** 2 < near * near
}

const eased = (t: number): number => {
  const s = Math.min(1, Math.max(0, t))
  return s * s * (3 - 2 * s)
}

/** The trunk's skin goes from pelvis over belly to chest with height. */
function trunkShares(j: Joints): Trunk {
  const [pelvis, abdomen, thorax] = (['pelvis', 'abdomen', 'thorax'] as const).map((name) =>
    BONES.indexOf(name),
  ) as [number, number, number]
  const chest = (j.sternum.z + j.upper_back.z) / 2
  const lumbar = j.lumbosacral.z
  const low = j.pelvis.z + 0.3 * (lumbar - j.pelvis.z)
  return (z, row, share, dense) => {
    const belly = eased((z - low) / (lumbar + 0.03 - low))
    const ribs = eased((z - lumbar) / (0.75 * (chest - lumbar)))
    dense[row + thorax]! += share * ribs
    dense[row + abdomen]! += share * belly * (1 - ribs)
    dense[row + pelvis]! += share * (1 - belly) * (1 - ribs)
  }
}

function smoothed(dense: Float32Array, surface: Surface, count: number): Float32Array {
  const width = BONES.length
  let now = normalised(dense, count)
  for (let pass = 0; pass < SMOOTHINGS; pass++) {
    const next = now.slice()
    const { triangles } = surface
    for (let t = 0; t < triangles.length; t += 3)
      for (let side = 0; side < 3; side++) {
        const a = triangles[t + side]! * width
        const b = triangles[t + ((side + 1) % 3)]! * width
        for (let bone = 0; bone < width; bone++)
          if (now[b + bone]! > 0) next[a + bone]! += 0.35 * now[b + bone]!
      }
    now = normalised(next, count)
  }
  return now
}

function normalised(dense: Float32Array, count: number): Float32Array {
  const width = BONES.length
  for (let row = 0; row < count * width; row += width) {
    let sum = 0
    for (let bone = row; bone < row + width; bone++) sum += dense[bone]!
    for (let bone = row; bone < row + width; bone++) dense[bone]! /= sum || 1
  }
  return dense
}

function fewest(dense: Float32Array, count: number): Weights {
  const width = BONES.length
  const bones = new Uint8Array(count * PER_VERTEX)
  const shares = new Float32Array(count * PER_VERTEX)
  for (let v = 0; v < count; v++) {
    const row = v * width
    let sum = 0
    for (let slot = v * PER_VERTEX; slot < (v + 1) * PER_VERTEX; slot++) {
      let best = 0
      for (let bone = 1; bone < width; bone++) if (dense[row + bone]! > dense[row + best]!) best = bone
      bones[slot] = best
      sum += shares[slot] = dense[row + best]!
      dense[row + best] = 0
    }
    for (let slot = v * PER_VERTEX; slot < (v + 1) * PER_VERTEX; slot++) shares[slot]! /= sum
  }
  return { bones, shares }
}
