import type { Vector3 } from 'three'
import type { Repetition } from '../repetition'
import { jointsAt } from './joints'

/** Lengths of one body, from its own joint centres [m]; what it is meshed from. */
export interface Measures {
  female: boolean
  stature: number
  /** Width against an ordinary build [-]. */
  girth: number
  hipHeight: number
  lumbar: number
  notch: number
  chest: number
  chestX: number
  notchX: number
  neckX: number
  neckZ: number
  vertex: number
  sternoclavicular: [number, number, number]
  clavicle: number
  upperArm: number
  forearm: number
  gripAlong: number
  gripAcross: number
  hipHalf: number
  thigh: number
  shank: number
  ankle: number
  foot: number
}

/** Height of the ankle over the sole, share of stature: the model's hip height less its thigh and shank. */
const ANKLE_HEIGHT = { male: 0.0218, female: 0.0497 }
/** From the wrist to what the fist holds: along the forearm, and out of the palm, shares of stature. */
export const GRIP_ALONG = 0.0438
export const GRIP_ACROSS = 0.0255
/** Height of the tip of the toes over the floor as the repetition has it [m]. */
export const TOE_HEIGHT = 0.015

export function measure(repetition: Repetition): Measures {
  const at = jointsAt(repetition, 0)
  const chest = at.sternum.clone().add(at.upper_back).multiplyScalar(0.5)
  const notch = at.neck.clone().add(at.suprasternal_notch).multiplyScalar(0.5)
  const up = notch.clone().sub(chest).normalize()
  const forward = at.sternum.clone().sub(at.upper_back)
  forward.addScaledVector(up, -forward.dot(up)).normalize()
  // The trunk is rigid from L5/S1 up, so its own axes give the same lengths in every pose.
  const origin = at.lumbosacral
  const along = (point: Vector3) => point.clone().sub(origin).dot(up)
  const ahead = (point: Vector3) => point.clone().sub(origin).dot(forward)
  const sc = at.sternoclavicular_l
  const lumbar = at.lumbosacral.distanceTo(at.pelvis)
  const { sex, stature_m: stature } = repetition.person
  return {
    female: sex === 'female',
    stature,
    girth: repetition.girth,
    hipHeight: 0.512 * stature,
    lumbar,
    notch: along(notch) + lumbar,
    chest: along(chest) + lumbar,
    chestX: ahead(chest),
    notchX: ahead(notch),
    neckX: ahead(at.neck),
    neckZ: along(at.neck) + lumbar,
    vertex: along(at.vertex) + lumbar,
    sternoclavicular: [ahead(sc), sc.y, along(sc) + lumbar],
    clavicle: sc.distanceTo(at.acromion_l),
    upperArm: at.shoulder_l.distanceTo(at.elbow_l),
    forearm: at.elbow_l.distanceTo(at.wrist_l),
    gripAlong: GRIP_ALONG * stature,
    gripAcross: GRIP_ACROSS * stature,
    hipHalf: Math.abs(at.hip_l.y),
    thigh: at.hip_l.distanceTo(at.knee_l),
    shank: at.knee_l.distanceTo(at.ankle_l),
    ankle: (sex === 'female' ? ANKLE_HEIGHT.female : ANKLE_HEIGHT.male) * stature,
    foot: at.ankle_l.distanceTo(at.toe_l),
  }
}

/** What tells bodies apart; lengths read from a pose are only good to a millimetre and would not. */
export const bodyKey = ({ person, girth }: Repetition): string => JSON.stringify([person, girth])
