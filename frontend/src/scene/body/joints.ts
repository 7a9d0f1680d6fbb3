import { Vector3 } from 'three'
import { blend, type Repetition } from '../repetition'
import type { Side } from '../types'

export const SIDES: readonly Side[] = ['l', 'r']

/** How far from the fist's middle the point lies that shows which way a handle points [m]. */
const HANDLE = 0.05

const CENTRE = [
  'pelvis',
  'lumbosacral',
  'suprasternal_notch',
  'sternum',
  'neck',
  'upper_back',
  'vertex',
] as const
const OF_SIDE = [
  'sternoclavicular',
  'acromion',
  'scapula_spine',
  'scapula_tip',
  'shoulder',
  'elbow',
  'wrist',
  'hand',
  'handle',
  'hip',
  'knee',
  'ankle',
  'toe',
] as const

export type SidePoint = (typeof OF_SIDE)[number]
export type JointName = (typeof CENTRE)[number] | `${SidePoint}_${Side}`
/** Named places of one body in one pose [m]. */
export type Joints = Record<JointName, Vector3>

export const JOINT_NAMES: readonly JointName[] = [
  ...CENTRE,
  ...SIDES.flatMap((side) => OF_SIDE.map((name) => `${name}_${side}` as const)),
]

export function jointsAt(repetition: Repetition, index: number, share = 0): Joints {
  const found = {} as Joints
  for (const name of JOINT_NAMES) {
    const points = repetition.points[name]
    if (!points) throw new Error(`The repetition has no point "${name}".`)
    found[name] = blend(points, index, share, new Vector3())
  }
  for (const side of SIDES) found[`handle_${side}`] = handleEnd(found, side, onBar(repetition))
  return found
}

/** Whether both hands lie on one straight bar across the body. */
const onBar = (repetition: Repetition) => repetition.posture === 'hanging' || repetition.grip === 'supinated'

/** A handle lies square to forearm and palm, as the forearm is turned; a bar leaves the hand no choice. */
function handleEnd(joints: Joints, side: Side, bar: boolean): Vector3 {
  const hand = joints[`hand_${side}`]
  const axis = new Vector3(0, 1, 0)
  if (!bar) {
    const fore = joints[`wrist_${side}`].clone().sub(joints[`elbow_${side}`])
    axis.crossVectors(hand.clone().sub(joints[`wrist_${side}`]), fore).normalize()
  }
  return axis.multiplyScalar(HANDLE).add(hand)
}

/** +1 to the left, −1 to the right: the sign of y. */
export const sign = (side: Side): number => (side === 'l' ? 1 : -1)
