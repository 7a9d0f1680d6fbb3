import { Vector3 } from 'three'
import { type Repetition, blend } from '../repetition'
import type { ViewName } from '../types'

/** Where the eye is for a view. The side view is from the person's right, so that the figure faces right. */
export function direction(view: ViewName, repetition: Repetition): Vector3 {
  switch (view) {
    case 'front':
      return new Vector3(1, 0, 0.08)
    case 'back':
      return new Vector3(-1, 0, 0.12)
    case 'side':
      return new Vector3(0, -1, 0.06)
    default:
      return repetition.viewFrom.clone()
  }
}

const OUTLINE = [
  'vertex',
  'pelvis',
  'hand_l',
  'hand_r',
  'elbow_l',
  'elbow_r',
  'toe_l',
  'toe_r',
  'ankle_l',
  'ankle_r',
  'knee_l',
  'knee_r',
  'acromion_l',
  'acromion_r',
]
/** How far skin and gear reach past these points [m]. */
const MARGIN = 0.1

/** Places that must be in the picture through the whole repetition. */
export function outline(repetition: Repetition, more: readonly Vector3[]): Vector3[] {
  const found: Vector3[] = []
  const at = new Vector3()
  const last = repetition.phases - 1
  for (const name of OUTLINE) {
    const track = repetition.points[name]
    if (!track) continue
    for (const index of [0, Math.round(last / 4), Math.round(last / 2), Math.round((3 * last) / 4), last]) {
      blend(track, index, 0, at)
      for (const dx of [-MARGIN, MARGIN])
        for (const dy of [-MARGIN, MARGIN])
          found.push(new Vector3(at.x + dx, at.y + dy, Math.max(at.z + 0.5 * (dx + dy), 0)))
    }
  }
  for (const point of more) found.push(point.clone())
  return found
}

/** Lower than this it stands on the floor [m]. */
const STANDING = 0.1

/** Places that stand on the floor: feet, and of other corners those that are low. */
export function standing(repetition: Repetition, corners: readonly Vector3[]): Vector3[] {
  const feet = (['ankle_l', 'ankle_r', 'toe_l', 'toe_r'] as const).flatMap((name) => {
    const track = repetition.points[name]
    return track ? [blend(track, 0, 0, new Vector3())] : []
  })
  return [...feet, ...corners.filter((corner) => corner.z < STANDING)]
}
