import { Matrix4, Quaternion, Vector3 } from 'three'
import type { Side } from '../types'
import { type Joints, SIDES, sign } from './joints'

const CENTRE_BONES = ['pelvis', 'abdomen', 'thorax', 'neck', 'head'] as const
const SIDE_BONES = [
  'clavicle',
  'deltoid',
  'humerus',
  'elbow',
  'forearm',
  'wrist',
  'hand',
  'buttock',
  'thigh',
  'knee',
  'shank',
  'foot',
] as const

export type SideBone = (typeof SIDE_BONES)[number]
export type Bone = (typeof CENTRE_BONES)[number] | `${SideBone}_${Side}`

/** Bones of the skin; half-way ones sit at joints, so that those keep their volume when they bend. */
export const BONES: readonly Bone[] = [
  ...CENTRE_BONES,
  ...SIDES.flatMap((side) => SIDE_BONES.map((bone) => `${bone}_${side}` as const)),
]

interface Frame {
  turn: Quaternion
  at: Vector3
}

type Frames = Record<Bone, Frame>

/** Turn of each hand about its forearm from the rest pose [rad]: kept from pose to pose, so that it never jumps. */
export type Twists = Record<Side, number>

const HAND_TWIST_SHARE = { forearm: 0.2, wrist: 0.7 }

/** Where every bone is; `before` are the twists of the pose before. */
export function pose(joints: Joints, rest: Joints, before?: Twists): { frames: Matrix4[]; twists: Twists } {
  const frames = trunk(joints)
  const twists = { l: 0, r: 0 }
  for (const side of SIDES) {
    twists[side] = arm(frames, joints, rest, side, before?.[side])
    leg(frames, joints, side)
  }
  return { frames: BONES.map((bone) => matrix(frames[bone])), twists }
}

const matrix = ({ turn, at }: Frame) => new Matrix4().compose(at, turn, new Vector3(1, 1, 1))
const half = (a: Quaternion, b: Quaternion, share = 0.5) => a.clone().slerp(b, share)
const to = (from: Vector3, end: Vector3) => end.clone().sub(from).normalize()
const middle = (a: Vector3, b: Vector3) => a.clone().add(b).multiplyScalar(0.5)

/** Turn whose z axis is exact and whose x axis is as near `forward` as can be. */
export function facing(up: Vector3, forward: Vector3): Quaternion {
  const z = up.clone().normalize()
  const x = forward.clone().addScaledVector(z, -forward.dot(z)).normalize()
  const y = new Vector3().crossVectors(z, x)
  return new Quaternion().setFromRotationMatrix(new Matrix4().makeBasis(x, y, z))
}

/** Turn of a limb that moves in the body's own front-to-back plane: x forward, z along it, y to the left. */
function hinged(up: Vector3): Quaternion {
  return facing(up, new Vector3().crossVectors(new Vector3(0, 1, 0), up))
}

function trunk(j: Joints): Frames {
  const notch = middle(j.neck, j.suprasternal_notch)
  const up = to(middle(j.sternum, j.upper_back), notch)
  const thorax = hinged(up)
  const pelvis = hinged(to(j.pelvis, j.lumbosacral))
  return {
    pelvis: { turn: pelvis, at: j.pelvis },
    abdomen: { turn: half(pelvis, thorax), at: j.lumbosacral },
    thorax: { turn: thorax, at: notch },
    neck: { turn: thorax, at: j.neck },
    head: { turn: thorax, at: j.vertex },
  } as Frames
}

/** The girdle and arm of one side; answers the hand's twist. */
function arm(frames: Frames, j: Joints, rest: Joints, side: Side, before?: number): number {
  const thorax = frames.thorax.turn
  const put = (bone: SideBone, turn: Quaternion, at: Vector3) => (frames[`${bone}_${side}`] = { turn, at })
  const [sc, acromion] = [j[`sternoclavicular_${side}`], j[`acromion_${side}`]]
  const [shoulder, elbow, wrist, hand] = [
    j[`shoulder_${side}`],
    j[`elbow_${side}`],
    j[`wrist_${side}`],
    j[`hand_${side}`],
  ]
  const girdle = swung(
    thorax,
    to(rest[`sternoclavicular_${side}`], rest[`acromion_${side}`]),
    to(sc, acromion),
  )
  put('clavicle', girdle, acromion)
  const restUpper = to(rest[`shoulder_${side}`], rest[`elbow_${side}`])
  const restFore = to(rest[`elbow_${side}`], rest[`wrist_${side}`])
  const humerus = swung(thorax, restUpper, to(shoulder, elbow))
  put('humerus', humerus, shoulder)
  put('deltoid', half(girdle, humerus, 0.55), shoulder)
  const fore = to(elbow, wrist)
  const forearm = swung(humerus, restFore, fore)
  put('elbow', half(humerus, forearm), elbow)
  const held = grasp(j, side)
  const restGrasp = grasp(rest, side)
  const untwisted = restGrasp.palm.clone().applyQuaternion(forearm)
  const twist = unwound(angleAbout(fore, untwisted, held.palm), before)
  const rolled = (share: number) => new Quaternion().setFromAxisAngle(fore, twist * share).multiply(forearm)
  put('forearm', rolled(HAND_TWIST_SHARE.forearm), elbow)
  put('wrist', rolled(HAND_TWIST_SHARE.wrist), wrist)
  put('hand', held.turn.clone().multiply(restGrasp.turn.clone().invert()), hand)
  return twist
}

function leg(frames: Frames, j: Joints, side: Side): void {
  const put = (bone: SideBone, turn: Quaternion, at: Vector3) => (frames[`${bone}_${side}`] = { turn, at })
  const [hip, knee, ankle, toe] = [j[`hip_${side}`], j[`knee_${side}`], j[`ankle_${side}`], j[`toe_${side}`]]
  const thigh = hinged(to(knee, hip))
  const shank = hinged(to(ankle, knee))
  put('buttock', half(frames.pelvis.turn, thigh), hip)
  put('thigh', thigh, hip)
  put('knee', half(thigh, shank), knee)
  put('shank', shank, knee)
  const ahead = to(ankle, toe)
  put('foot', facing(new Vector3().crossVectors(ahead, new Vector3(0, 1, 0)), ahead), ankle)
}

/** The parent's turn, swung the shortest way so that a direction at rest points as it should. */
function swung(parent: Quaternion, atRest: Vector3, now: Vector3): Quaternion {
  const carried = atRest.clone().applyQuaternion(parent)
  return new Quaternion().setFromUnitVectors(carried, now).multiply(parent)
}

/** How a fist lies: z along the handle toward the thumb, y out of the palm. */
export function grasp(j: Joints, side: Side): { turn: Quaternion; palm: Vector3; handle: Vector3 } {
  const fore = to(j[`elbow_${side}`], j[`wrist_${side}`])
  const offset = j[`hand_${side}`].clone().sub(j[`wrist_${side}`])
  const across = offset.addScaledVector(fore, -offset.dot(fore)).normalize()
  const held = to(j[`hand_${side}`], j[`handle_${side}`])
  const thumb = new Vector3().crossVectors(across, fore).multiplyScalar(sign(side))
  const handle = held.dot(thumb) < 0 ? held.negate() : held
  const along = fore.clone().addScaledVector(handle, -fore.dot(handle)).normalize()
  const palm = new Vector3().crossVectors(handle, along).multiplyScalar(-sign(side)).normalize()
  const basis = new Matrix4().makeBasis(along, palm, new Vector3().crossVectors(along, palm))
  return { turn: new Quaternion().setFromRotationMatrix(basis), palm, handle }
}

function angleAbout(axis: Vector3, from: Vector3, end: Vector3): number {
  return Math.atan2(new Vector3().crossVectors(from, end).dot(axis), from.dot(end))
}

function unwound(angle: number, before: number | undefined): number {
  if (before === undefined) return angle
  return angle + 2 * Math.PI * Math.round((before - angle) / (2 * Math.PI))
}
