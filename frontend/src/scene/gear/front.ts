import { Vector3 } from 'three'
import type { Joints } from '../body/joints'
import { LINE_POINTS } from './lines'

/** How far in front of the bones the skin lies, shares of stature: face, chest, belly, thigh, knee. */
const SKIN = { face: 0.076, chest: 0.08, belly: 0.07, thigh: 0.062, knee: 0.042 }
/** Half the breadth of a knee, and how far below its middle a band lies under it, shares of stature. */
const KNEE = { beside: 0.034, under: 0.036 }

/** Half of a loop from a bar down the front of the body and under a bent knee, to one `side` (±1) of it. */
export function underKnee(bar: Vector3, j: Joints, knee: 'knee_l' | 'knee_r', side: number, S: number): Vector3[] {
  const thigh = j[knee].clone().sub(j[knee === 'knee_l' ? 'hip_l' : 'hip_r']).normalize()
  const ahead = (up: Vector3) => new Vector3(up.z, 0, -up.x).normalize()
  const before = ahead(thigh.clone().negate())
  const last = j[knee].clone().addScaledVector(before, SKIN.knee * S)
  const held = tautBefore(bar, last, fronts(j, thigh, before, knee, S))
  const points = spaced(held, LINE_POINTS - 2)
  const end = points.length - 1
  points.forEach((point, at) => (point.y += side * KNEE.beside * S * Math.max(0.25, at / end)))
  const below = (along: number, aside: number) =>
    j[knee]
      .clone()
      .addScaledVector(thigh, KNEE.under * S)
      .addScaledVector(before, along * S)
      .add(new Vector3(0, side * aside * S, 0))
  return [...points, below(0.01, KNEE.beside), below(-0.012, 0)]
}

/** Places on the skin that a line down the front may touch. */
function fronts(j: Joints, thigh: Vector3, before: Vector3, knee: 'knee_l' | 'knee_r', S: number): Vector3[] {
  const forward = j.sternum.clone().sub(j.upper_back).normalize()
  const chest = j.sternum.clone().add(j.upper_back).multiplyScalar(0.5)
  const face = j.vertex.clone().lerp(j.neck, 0.45)
  const belly = j.pelvis.clone().lerp(j.lumbosacral, 0.6)
  const middle = j[knee].clone().addScaledVector(thigh, -0.13 * S)
  return [
    face.addScaledVector(forward, SKIN.face * S),
    chest.addScaledVector(forward, SKIN.chest * S),
    belly.addScaledVector(forward, SKIN.belly * S),
    middle.addScaledVector(before, SKIN.thigh * S),
  ]
}

/** The shortest way down from one place to another that leaves all `fronts` behind it, seen from the side. */
export function tautBefore(from: Vector3, to: Vector3, fronts: readonly Vector3[]): Vector3[] {
  const kept: Vector3[] = []
  const between = fronts.filter((p) => p.z < from.z && p.z > to.z).sort((a, b) => b.z - a.z)
  for (const next of [from, ...between, to]) {
    const turns = (a: Vector3, b: Vector3) => (b.x - a.x) * (next.z - a.z) - (b.z - a.z) * (next.x - a.x) >= 0
    while (kept.length > 1 && turns(kept[kept.length - 2]!, kept[kept.length - 1]!)) kept.pop()
    kept.push(next)
  }
  // To the side it runs straight; it bends in the body's own plane only.
  return kept.map((p) => p.clone().setY(from.y + ((p.z - from.z) / (to.z - from.z || 1)) * (to.y - from.y)))
}

/** Even steps along straight pieces. */
export function spaced(points: readonly Vector3[], count: number): Vector3[] {
  const far = [0]
  for (let i = 1; i < points.length; i++) far.push(far[i - 1]! + points[i]!.distanceTo(points[i - 1]!))
  let piece = 1
  return Array.from({ length: count }, (_, at) => {
    const wanted = (at / (count - 1)) * far[far.length - 1]!
    while (piece < points.length - 1 && far[piece]! < wanted) piece++
    const share = (wanted - far[piece - 1]!) / (far[piece]! - far[piece - 1]! || 1)
    return points[piece - 1]!.clone().lerp(points[piece]!, share)
  })
}
