import { Vector3 } from 'three'
import { type Level, type Point, type Shape, cone, ellipsoid, loft } from './field'
import type { Joints } from './joints'
import type { Measures } from './measures'
import { BONES, type Bone } from './rig'
import { armDirection } from './rest'

const bone = (name: Bone): number => BONES.indexOf(name)
const point = (v: Vector3): Point => [v.x, v.y, v.z]
const on = (a: Vector3, b: Vector3, share: number): Vector3 => a.clone().lerp(b, share)

/** Level as a share of hip to notch; half width, back and front as shares of stature: fitted by eye to an ordinary
    build, with room for the model's own shoulder blades, breast bone and back. */
const MALE_TRUNK = [
  [-0.075, 0.03, 0.034, 0.03],
  [-0.02, 0.089, 0.062, 0.05],
  [0.12, 0.093, 0.064, 0.055],
  [0.3, 0.083, 0.056, 0.058],
  [0.45, 0.083, 0.058, 0.06],
  [0.62, 0.098, 0.068, 0.067],
  [0.8, 0.1, 0.073, 0.068],
  [0.93, 0.078, 0.064, 0.055],
  [1.02, 0.042, 0.046, 0.034],
] as const
const FEMALE_TRUNK = [
  [-0.075, 0.034, 0.036, 0.03],
  [-0.02, 0.1, 0.068, 0.049],
  [0.12, 0.099, 0.064, 0.053],
  [0.3, 0.077, 0.052, 0.053],
  [0.45, 0.075, 0.054, 0.054],
  [0.62, 0.09, 0.065, 0.062],
  [0.8, 0.093, 0.07, 0.062],
  [0.93, 0.074, 0.062, 0.05],
  [1.02, 0.039, 0.044, 0.031],
] as const

/** Every rounded shape the skin is melted from: the middle and the left half, in the rest pose. The hand is a fist, or
    open when it is `free`. */
export function shapes(m: Measures, j: Joints, free = false): Shape[] {
  return [
    ...trunk(m, j),
    ...shoulder(m, j),
    ...arm(m, j),
    ...hand(m, j, free),
    ...leg(m, j),
    ...foot(m, j),
    ...head(m, j),
  ]
}

/** The trunk's sections by height above the floor, in the rest pose. */
export function trunkLevels(m: Measures, j: Joints): Level[] {
  const S = m.stature
  const extra = Math.max(m.girth - 1, 0)
  return (m.female ? FEMALE_TRUNK : MALE_TRUNK).map(([share, width, back, front]) => {
    const belly = Math.exp(-(((share - 0.3) / 0.22) ** 2))
    return {
      z: j.pelvis.z + share * m.notch,
      width: width * S * m.girth * (1 + 0.5 * extra * belly),
      back: back * S * Math.sqrt(m.girth),
      front: front * S * m.girth * (1 + 1.6 * extra * belly),
    }
  })
}

function trunk(m: Measures, j: Joints): Shape[] {
  const S = m.stature
  // The trunk's skin follows three bones: which one is told by height, see `weights`.
  const found = [loft(bone('thorax'), trunkLevels(m, j))]
  const seat = j.hip_l.clone().add(new Vector3(-0.02 * S, -0.004 * S, -0.018 * S))
  const seatSize = (m.female ? 0.057 : 0.052) * S * m.girth
  found.push(ellipsoid(bone('buttock_l'), point(seat), [seatSize, 0.92 * seatSize, 1.1 * seatSize], 0.035))
  if (m.female) {
    const bust = new Vector3(0.048 * S, 0.044 * S, j.pelvis.z + 0.68 * m.notch)
    const size = 0.033 * S * m.girth
    found.push(ellipsoid(bone('thorax'), point(bust), [size, size, size], 0.03))
  }
  return found
}

function shoulder(m: Measures, j: Joints): Shape[] {
  const S = m.stature
  const broad = Math.sqrt(m.girth) * (m.female ? 0.92 : 1)
  const nape = new Vector3(-0.018 * S, 0.012 * S, j.pelvis.z + 1.06 * m.notch)
  const at = j.shoulder_l
  const slope = on(nape, j.acromion_l, 0.55).add(new Vector3(0, 0, -0.004 * S))
  const cap = j.acromion_l.clone().add(new Vector3(0.006, 0, -0.016).multiplyScalar(S))
  const chest = new Vector3(0.04 * S, 0.05 * S, j.pelvis.z + 0.8 * m.notch)
  const armpit = at.clone().add(new Vector3(0.014, -0.03, -0.02).multiplyScalar(S))
  const flank = new Vector3(-0.026 * S, 0.062 * S, j.pelvis.z + 0.62 * m.notch)
  const back = at.clone().add(new Vector3(-0.016, -0.022, -0.028).multiplyScalar(S))
  const blade = new Vector3(-0.04 * S, 0.055 * S, j.pelvis.z + 0.8 * m.notch)
  const pec = m.female ? 0.02 : 0.025
  return [
    cone(bone('clavicle_l'), point(nape), point(slope), 0.03 * S * broad, 0.024 * S * broad, 0.05),
    cone(bone('clavicle_l'), point(slope), point(cap), 0.024 * S * broad, 0.024 * S * broad, 0.04),
    cone(bone('thorax'), point(chest), point(armpit), pec * S * broad, 0.021 * S * broad, 0.045),
    cone(bone('thorax'), point(flank), point(back), 0.03 * S * broad, 0.022 * S * broad, 0.045),
    cone(bone('clavicle_l'), point(blade), point(back), 0.028 * S * broad, 0.026 * S * broad, 0.04),
  ]
}

function arm(m: Measures, j: Joints): Shape[] {
  const S = m.stature
  const thick = Math.sqrt(m.girth) * (m.female ? 0.88 : 1)
  const [shoulder, elbow, wrist] = [j.shoulder_l, j.elbow_l, j.wrist_l]
  const upper = armDirection(0.9, 0.2)
  const front = new Vector3(1, 0, 0).addScaledVector(upper, -upper.x).normalize()
  const centre = carpus(m, j)
  const r = (share: number) => share * S * thick
  const put = (at: Vector3, along: Vector3, by: number) => at.clone().addScaledVector(along, by * S)
  const belly = on(shoulder, elbow, 0.56)
  const outward = new Vector3(0, 0.6, 0.8)
  const deltoid = put(on(shoulder, elbow, 0.14), outward, 0.007)
  return [
    ellipsoid(bone('deltoid_l'), point(deltoid), [r(0.031), r(0.029), r(0.036)], 0.035),
    cone(
      bone('humerus_l'),
      point(on(shoulder, elbow, 0.05)),
      point(on(shoulder, elbow, 0.5)),
      r(0.028),
      r(0.0265),
      0.03,
    ),
    cone(
      bone('humerus_l'),
      point(on(shoulder, elbow, 0.5)),
      point(on(shoulder, elbow, 0.9)),
      r(0.0265),
      r(0.021),
      0.025,
    ),
    ellipsoid(bone('humerus_l'), point(put(belly, front, 0.006)), [r(0.024), r(0.024), r(0.024)], 0.05),
    ellipsoid(
      bone('humerus_l'),
      point(put(on(shoulder, elbow, 0.45), front, -0.007)),
      [r(0.024), r(0.024), r(0.024)],
      0.05,
    ),
    ellipsoid(bone('elbow_l'), point(elbow), [r(0.0215), r(0.0215), r(0.0215)], 0.02),
    cone(bone('forearm_l'), point(elbow), point(on(elbow, centre, 0.25)), r(0.02), r(0.0245), 0.03),
    cone(
      bone('forearm_l'),
      point(on(elbow, centre, 0.25)),
      point(on(elbow, centre, 0.62)),
      r(0.0245),
      r(0.0195),
      0.03,
    ),
    cone(
      bone('wrist_l'),
      point(on(elbow, centre, 0.62)),
      point(on(elbow, centre, 1)),
      r(0.0195),
      r(0.0152),
      0.02,
    ),
    cone(bone('wrist_l'), point(on(elbow, wrist, 0.93)), point(centre), r(0.014), r(0.0145), 0.02),
  ]
}

/** The middle of the wrist: the model's own wrist point lies on its thumb side. */
function carpus(m: Measures, j: Joints): Vector3 {
  const { along, palm } = handAxes(j)
  return j.hand_l
    .clone()
    .addScaledVector(along, -m.gripAlong)
    .addScaledVector(palm, -0.9 * m.gripAcross)
}

function handAxes(j: Joints): { along: Vector3; palm: Vector3; thumb: Vector3 } {
  const along = j.wrist_l.clone().sub(j.elbow_l).normalize()
  const thumb = j.handle_l.clone().sub(j.hand_l).normalize()
  return { along, thumb, palm: new Vector3().crossVectors(along, thumb) }
}

/** Joints of a finger along the hand, out of the palm, and how far they have come together [m]. */
type Finger = readonly (readonly [along: number, palm: number, together: number])[]
/** Closed round a handle that runs through the grip point. */
const CURLED: Finger = [
  [0.041, -0.004, 0.92],
  [0.006, 0.032, 0.86],
  [-0.026, 0.014, 0.82],
]
/** As a hand hangs that holds nothing. */
const LOOSE: Finger = [
  [0.047, -0.023, 0.96],
  [0.069, -0.001, 0.9],
  [0.077, 0.02, 0.86],
]
const THUMB_OVER: readonly Point[] = [
  [-0.012, 0.018, 0.046],
  [0.022, 0.036, 0.032],
]
const THUMB_LOOSE: readonly Point[] = [
  [-0.014, -0.008, 0.047],
  [0.016, 0.008, 0.046],
]

function hand(m: Measures, j: Joints, free: boolean): Shape[] {
  const { along, palm, thumb } = handAxes(j)
  const size = (m.stature / 1.8) * (m.female ? 0.92 : 1)
  const id = bone('hand_l')
  const at = (a: number, p: number, t: number): Point =>
    point(
      j.hand_l
        .clone()
        .addScaledVector(along, a * size)
        .addScaledVector(palm, p * size)
        .addScaledVector(thumb, t * size),
    )
  const wrist = carpus(m, j)
  const found: Shape[] = []
  for (const [t, reach] of [
    [-0.032, 0.9],
    [-0.011, 0.98],
    [0.011, 1],
    [0.032, 0.96],
  ] as const) {
    const knuckle = at(0.012 * reach, -0.036, t)
    const [bent, low, tip] = (free ? LOOSE : CURLED).map(([along, palm, together], joint) =>
      at(along * (free || joint === 0 ? reach : 1), palm, together * t),
    ) as [Point, Point, Point]
    const root = on(wrist, new Vector3(...at(0, -0.036, 0.75 * t)), 0.2)
    found.push(
      cone(id, point(root), knuckle, 0.0155 * size, 0.0145 * size, 0.016),
      cone(id, knuckle, bent, 0.0128 * size, 0.0118 * size, 0.007),
      cone(id, bent, low, 0.0116 * size, 0.0108 * size, 0.007),
      cone(id, low, tip, 0.0106 * size, 0.0094 * size, 0.007),
    )
  }
  const ball = at(-0.045, -0.022, 0.026)
  const [joint, end] = (free ? THUMB_LOOSE : THUMB_OVER).map(([a, p, t]) => at(a, p, t)) as [Point, Point]
  found.push(
    cone(id, point(wrist), ball, 0.016 * size, 0.0165 * size, 0.02),
    cone(id, ball, joint, 0.0155 * size, 0.0125 * size, 0.014),
    cone(id, joint, end, 0.012 * size, 0.0098 * size, 0.006),
    cone(id, point(wrist), at(-0.03, -0.03, -0.02), 0.0155 * size, 0.017 * size, 0.018),
  )
  return found
}

function leg(m: Measures, j: Joints): Shape[] {
  const S = m.stature
  const thick = Math.sqrt(m.girth) * (m.female ? 1.02 : 1)
  const r = (share: number) => share * S * thick
  const [hip, knee, ankle] = [j.hip_l, j.knee_l, j.ankle_l]
  const root = hip.clone().add(new Vector3(0.002 * S, -0.001 * S, -0.02 * S))
  const ahead = (v: Vector3, by: number, out = 0) => v.clone().add(new Vector3(by * S, out * S, 0))
  return [
    cone(bone('thigh_l'), point(root), point(ahead(on(hip, knee, 0.35), 0.004)), r(0.049), r(0.047), 0.04),
    cone(
      bone('thigh_l'),
      point(ahead(on(hip, knee, 0.35), 0.004)),
      point(ahead(on(hip, knee, 0.86), 0)),
      r(0.047),
      r(0.033),
      0.03,
    ),
    ellipsoid(
      bone('thigh_l'),
      point(ahead(on(hip, knee, 0.45), 0.012, 0.004)),
      [r(0.036), r(0.036), r(0.085)],
      0.05,
    ),
    ellipsoid(bone('knee_l'), point(ahead(knee, 0.003)), [r(0.0315), r(0.03), r(0.034)], 0.025),
    cone(
      bone('shank_l'),
      point(ahead(on(knee, ankle, 0.04), -0.002)),
      point(ahead(on(knee, ankle, 0.3), -0.004)),
      r(0.029),
      r(0.0305),
      0.03,
    ),
    cone(
      bone('shank_l'),
      point(ahead(on(knee, ankle, 0.3), -0.004)),
      point(ahead(on(knee, ankle, 0.66), -0.002)),
      r(0.0305),
      r(0.0225),
      0.03,
    ),
    cone(
      bone('shank_l'),
      point(ahead(on(knee, ankle, 0.66), -0.002)),
      point(ahead(ankle, -0.002)),
      r(0.0225),
      r(0.0178),
      0.02,
    ),
    ellipsoid(
      bone('shank_l'),
      point(ahead(on(knee, ankle, 0.27), -0.014, -0.004)),
      [r(0.022), r(0.024), r(0.05)],
      0.04,
    ),
  ]
}

function foot(m: Measures, j: Joints): Shape[] {
  const S = m.stature
  const id = bone('foot_l')
  const ahead = j.toe_l.clone().sub(j.ankle_l).setZ(0).normalize()
  const out = new Vector3(-ahead.y, ahead.x, 0)
  const floor = j.ankle_l.z - m.ankle
  const length = m.foot
  const at = (a: number, o: number, radius: number, lift = 0): [Point, number] => {
    const r = radius * S
    const v = j.ankle_l
      .clone()
      .addScaledVector(ahead, a * length)
      .addScaledVector(out, o * S)
    return [[v.x, v.y, floor + 0.92 * r + lift * S], r]
  }
  const join = (a: [Point, number], b: [Point, number], soft = 0.015) =>
    cone(id, a[0], b[0], a[1], b[1], soft)
  const heel = at(-0.2, 0, 0.0165)
  const ankle: [Point, number] = [point(j.ankle_l), 0.0185 * S]
  const instep = at(0.36, -0.004, 0.0165, 0.006)
  const flat = (one: Shape): Shape => ({
    ...one,
    distance: (x, y, z) => Math.max(one.distance(x, y, z), floor - z),
  })
  return [
    join(ankle, heel, 0.025),
    join(ankle, instep, 0.025),
    join(heel, at(0.62, 0.014, 0.013)),
    join(heel, at(0.68, -0.012, 0.0145)),
    join(instep, at(0.7, -0.008, 0.014), 0.02),
    join(at(0.62, 0.014, 0.013), at(0.9, 0.009, 0.0095)),
    join(at(0.68, -0.012, 0.0145), at(1.0, -0.009, 0.0105)),
  ].map(flat)
}

function head(m: Measures, j: Joints): Shape[] {
  const S = m.stature
  const neat = m.female ? 0.96 : 1
  const crown = j.vertex.z
  const r = (share: number) => share * S * neat
  const at = (x: number, z: number, y = 0): Point => [x * S, y * S, crown - z * S]
  const nape: Point = [-0.014 * S, 0, j.pelvis.z + 0.99 * m.notch]
  const thick = Math.sqrt(m.girth) * (m.female ? 0.85 : 1)
  return [
    cone(bone('neck'), nape, at(0.002, 0.098), 0.036 * S * thick, 0.031 * S * thick, 0.03),
    ellipsoid(bone('head'), at(0.009, 0.05), [r(0.0535), r(0.0425), r(0.05)], 0.02),
    ellipsoid(bone('head'), at(0.024, 0.079), [r(0.036), r(0.034), r(0.047)], 0.03),
    cone(bone('head'), at(0.05, 0.112, 0.004), at(0.012, 0.1, 0.022), r(0.0135), r(0.015), 0.03),
    cone(bone('head'), at(0.0585, 0.066), at(0.0655, 0.083), r(0.0045), r(0.0068), 0.012),
    ellipsoid(bone('head'), at(0.006, 0.075, 0.0415), [r(0.009), r(0.005), r(0.015)], 0.008),
  ]
}
