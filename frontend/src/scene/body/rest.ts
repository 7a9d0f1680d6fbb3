import { Vector3 } from 'three'
import { type Measures, TOE_HEIGHT } from './measures'
import { type Joints, SIDES, sign } from './joints'

/** Arms half raised and a little ahead: the middle of all poses, so that skin has the least way to any of them. */
const ARM_OUT = 0.9
const ARM_AHEAD = 0.2
const ELBOW_BENT = 0.5

/** The joints of a body standing with its arms away from its sides: the pose it is meshed in. */
export function restJoints(m: Measures): Joints {
  const at = (x: number, y: number, z: number) => new Vector3(x, y, z)
  const base = m.hipHeight
  const found = {
    pelvis: at(0, 0, base),
    lumbosacral: at(0, 0, base + m.lumbar),
    neck: at(m.neckX, 0, base + m.neckZ),
    suprasternal_notch: at(2 * m.notchX - m.neckX, 0, base + 2 * m.notch - m.neckZ),
    upper_back: at(m.chestX - 0.063 * m.stature, 0, base + m.chest + 0.011 * m.stature),
    sternum: at(m.chestX + 0.063 * m.stature, 0, base + m.chest - 0.011 * m.stature),
    vertex: at(0, 0, base + m.vertex),
  } as Joints
  for (const side of SIDES) Object.assign(found, sideJoints(m, sign(side), side))
  return found
}

function sideJoints(m: Measures, s: number, side: string): Record<string, Vector3> {
  const size = m.stature / 1.8
  const mirror = (v: Vector3) => v.set(v.x, s * v.y, v.z)
  const sc = new Vector3(
    m.sternoclavicular[0],
    Math.abs(m.sternoclavicular[1]),
    m.hipHeight + m.sternoclavicular[2],
  )
  const acromion = sc.clone().addScaledVector(new Vector3(-0.5, 0.85, 0.2).normalize(), m.clavicle)
  const shoulder = acromion.clone().add(new Vector3(0.033, 0.006, -0.041).multiplyScalar(size))
  const upper = armDirection(ARM_OUT, ARM_AHEAD)
  const elbow = shoulder.clone().addScaledVector(upper, m.upperArm)
  const fore = foreDirection(upper)
  const wrist = elbow.clone().addScaledVector(fore, m.forearm)
  const palm = palmDirection(fore)
  const hand = wrist.clone().addScaledVector(fore, m.gripAlong).addScaledVector(palm, m.gripAcross)
  const hip = new Vector3(0, m.hipHalf, m.hipHeight)
  const knee = hip.clone().add(new Vector3(0, 0.07, -1).setLength(m.thigh))
  const ankle = knee.clone().add(new Vector3(0, 0.05, -1).setLength(m.shank))
  const drop = m.ankle - TOE_HEIGHT
  const points = {
    sternoclavicular: sc,
    acromion,
    scapula_spine: acromion.clone().add(new Vector3(-0.05, -0.13, -0.065).multiplyScalar(size)),
    scapula_tip: acromion.clone().add(new Vector3(-0.03, -0.11, -0.195).multiplyScalar(size)),
    shoulder,
    elbow,
    wrist,
    hand,
    handle: hand.clone().addScaledVector(thumbDirection(fore, palm), 0.05),
    hip,
    knee,
    ankle,
    toe: ankle.clone().add(new Vector3(Math.sqrt(Math.max(m.foot ** 2 - drop ** 2, 0)), 0, -drop)),
  }
  return Object.fromEntries(Object.entries(points).map(([name, v]) => [`${name}_${side}`, mirror(v)]))
}

export function armDirection(out: number, ahead: number): Vector3 {
  return new Vector3(Math.sin(out) * Math.sin(ahead), Math.sin(out) * Math.cos(ahead), -Math.cos(out))
}

function foreDirection(upper: Vector3): Vector3 {
  const front = new Vector3(1, 0, 0).addScaledVector(upper, -upper.x).normalize()
  return upper.clone().multiplyScalar(Math.cos(ELBOW_BENT)).addScaledVector(front, Math.sin(ELBOW_BENT))
}

/** Thumb up and ahead: half way between palm up and palm down. */
function palmDirection(fore: Vector3): Vector3 {
  const inward = new Vector3(0.35, -0.6, -0.7)
  return inward.addScaledVector(fore, -inward.dot(fore)).normalize()
}

const thumbDirection = (fore: Vector3, palm: Vector3): Vector3 =>
  new Vector3().crossVectors(palm, fore).normalize()
