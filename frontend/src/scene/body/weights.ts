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
  const trunk = trunkShares(joints)
  for (let v = 0; v < count; v++) {
    const x = surface.positions[v * 3]!
    const y = surface.positions[v * 3 + 1]!
    const z = surface.positions[v * 3 + 2]!
    const row = dense.subarray(v * BONES.length, (v + 1) * BONES.length)
    spread(row, y < 0 ? right : left, x, y, z, trunk)
  }
  return fewest(smoothed(dense, surface, count), count)
}

const LEFT = BONES.map((name, index) =>
  name.endsWith('_l') ? BONES.indexOf(`${name.slice(0, -1)}r` as Bone) : -1 - index,
)

function spread(
  row: Float32Array,
  shapes: readonly Shape[],
  x: number,
  y: number,
  z: number,
  trunk: (z: number, row: Float32Array, share: number) => void,
): void {
  const distances = new Float64Array(shapes.length)
  const side = Math.abs(y)
  let least = Infinity
  shapes.forEach((shape, index) => {
    const far = (distances[index] = fenced(shape, x, side, z) ? shape.distance(x, side, z) : Infinity)
    if (far < least) least = far
  })
  const leftness = eased((y + MIDDLE) / (2 * MIDDLE))
  const thorax = BONES.indexOf('thorax')
  shapes.forEach((shape, index) => {
    const beyond = (distances[index]! - least) / REACH
    if (beyond > 3) return
    const share = Math.exp(-beyond * beyond)
    if (shape.bone === thorax) return trunk(z, row, share)
    const other = LEFT[shape.bone]!
    if (other < 0) row[shape.bone]! += share
    else {
      row[shape.bone]! += share * leftness
      row[other]! += share * (1 - leftness)
    }
  })
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
function trunkShares(j: Joints): (z: number, row: Float32Array, share: number) => void {
  const [pelvis, abdomen, thorax] = (['pelvis', 'abdomen', 'thorax'] as const).map((name) =>
    BONES.indexOf(name),
  ) as [number, number, number]
  const chest = (j.sternum.z + j.upper_back.z) / 2
  const lumbar = j.lumbosacral.z
  const low = j.pelvis.z + 0.3 * (lumbar - j.pelvis.z)
  return (z, row, share) => {
    const belly = eased((z - low) / (lumbar + 0.03 - low))
    const ribs = eased((z - lumbar) / (0.75 * (chest - lumbar)))
    row[thorax]! += share * ribs
    row[abdomen]! += share * belly * (1 - ribs)
    row[pelvis]! += share * (1 - belly) * (1 - ribs)
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
  for (let v = 0; v < count; v++) {
    const row = dense.subarray(v * width, (v + 1) * width)
    let sum = 0
    for (let bone = 0; bone < width; bone++) sum += row[bone]!
    for (let bone = 0; bone < width; bone++) row[bone]! /= sum || 1
  }
  return dense
}

function fewest(dense: Float32Array, count: number): Weights {
  const width = BONES.length
  const bones = new Uint8Array(count * PER_VERTEX)
  const shares = new Float32Array(count * PER_VERTEX)
  for (let v = 0; v < count; v++) {
    const row = dense.subarray(v * width, (v + 1) * width)
    let sum = 0
    for (let slot = v * PER_VERTEX; slot < (v + 1) * PER_VERTEX; slot++) {
      let best = 0
      for (let bone = 1; bone < width; bone++) if (row[bone]! > row[best]!) best = bone
      bones[slot] = best
      sum += shares[slot] = row[best]!
      row[best] = 0
    }
    for (let slot = v * PER_VERTEX; slot < (v + 1) * PER_VERTEX; slot++) shares[slot]! /= sum
  }
  return { bones, shares }
}
