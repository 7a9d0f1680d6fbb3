import { Vector3 } from 'three'
import type { Joints } from '../body/joints'

const ARC = 9

/** The way of a band between the arms: straight, or round the front of the trunk when its ends are behind that. */
export function overChest(j: Joints, stature: number, right: Vector3, left: Vector3): Vector3[] {
  const forward = j.sternum.clone().sub(j.upper_back).normalize()
  const up = j.neck.clone().add(j.suprasternal_notch).sub(j.sternum).sub(j.upper_back).normalize()
  forward.addScaledVector(up, -forward.dot(up)).normalize()
  const middle = j.sternum.clone().add(j.upper_back).multiplyScalar(0.5)
  // Half depth and breadth of the drawn chest, so that the band lies on it and not in it.
  const [depth, breadth] = [0.074 * stature, 0.099 * stature]
  const flat = (p: Vector3): [number, number] => {
    const d = p.clone().sub(middle)
    return [d.dot(forward) / depth, d.y / breadth]
  }
  const [from, to] = [leaving(flat(right), 1), leaving(flat(left), -1)]
  if (from === null || to === null || from >= to) return [right, left]
  const high = (p: Vector3) => p.clone().sub(middle).dot(up)
  const [low, top] = [high(right), high(left)]
  const points = [right]
  for (let i = 0; i < ARC; i++) {
    const angle = from + ((to - from) * i) / (ARC - 1)
    const share = (i + 1) / (ARC + 1)
    points.push(
      middle
        .clone()
        .addScaledVector(forward, depth * Math.cos(angle))
        .add(new Vector3(0, breadth * Math.sin(angle), 0))
        .addScaledVector(up, low + share * (top - low)),
    )
  }
  return [...points, left]
}

/** Angle on the unit circle where the front tangent to a hand touches; null inside it. */
function leaving([x, y]: [number, number], side: number): number | null {
  const far = Math.hypot(x, y)
  return far > 1 ? Math.atan2(y, x) + side * Math.acos(1 / far) : null
}
