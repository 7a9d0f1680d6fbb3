import { Matrix4, Vector3 } from 'three'
import { type Point, type Shape, Union, cone, ellipsoid, plate } from './field'
import type { Joints } from './joints'
import type { Side } from '../types'
import { type Surface, surfaceNets } from './surface'

/** Bones that do not bend, each meshed once in its own axes [m]. */
export interface Skeleton {
  /** About the middle of the hips: x forward, y left, z toward the lumbar spine. */
  pelvis: Surface
  /** In the axes of `bladeAxes`, moved by `ASIDE` along y. */
  blade: Surface
}

/** Shapes are mirrored in y = 0; a shoulder blade is meshed this far beside it, so that there is one only [m]. */
export const ASIDE = 1

/** Edges of the cells of their nets, shares of stature: no wider than the thinnest plates, which would have holes. */
const CELL = { fine: { pelvis: 0.0042, blade: 0.0038 }, coarse: { pelvis: 0.0078, blade: 0.0049 } }
/** Half the thickness of their plates, shares of stature; a coarse net takes more, else they have holes. */
const WING = { fine: 0.0034, coarse: 0.005 }
const LEAF = { fine: 0.0027, coarse: 0.0031 }

export function skeleton(at: Joints, stature: number, coarse: boolean): Skeleton {
  const cell = coarse ? CELL.coarse : CELL.fine
  const asIs = (x: number, y: number, z: number, out: Float32Array) => {
    out[0] = x
    out[1] = y
    out[2] = z
  }
  const net = (shapes: Shape[], edge: number, box: { low: Point; high: Point }) =>
    surfaceNets(new Union(shapes), asIs, box, edge * stature)
  const p = (x: number, y: number, z: number): Point => [x * stature, y * stature, z * stature]
  const pelvis = net(pelvisShapes(stature, coarse ? WING.coarse : WING.fine), cell.pelvis, {
    low: p(-0.078, -0.09, -0.064),
    high: p(0.05, 0.09, 0.096),
  })
  const size = stature / 1.8
  const blade = net(bladeShapes(at, size, coarse ? LEAF.coarse : LEAF.fine), cell.blade, {
    low: [-0.05 * size, ASIDE - 0.09 * size, -0.16 * size],
    high: [0.18 * size, ASIDE + 0.035 * size, 0.08 * size],
  })
  return { pelvis, blade }
}

/** The left half of a pelvis, in shares of stature: from ordinary proportions, fitted by eye under the skin. */
function pelvisShapes(S: number, thick: number): Shape[] {
  const p = (x: number, y: number, z: number): Point => [x * S, y * S, z * S]
  const bar = (a: Point, b: Point, ra: number, rb: number) => cone(0, a, b, ra * S, rb * S, 0.006 * S)
  const socket = p(0.002, 0.048, 0.004)
  const spine = p(0.033, 0.066, 0.045) // the hip bone's point that is felt in front
  const crest = [spine, p(0.02, 0.0755, 0.067), p(-0.008, 0.0755, 0.08), p(-0.034, 0.058, 0.078)]
  const rear = [p(-0.053, 0.03, 0.056), p(-0.05, 0.022, 0.034), p(-0.034, 0.034, 0.016)]
  const edge = [...crest, ...rear, socket]
  const hollow = p(-0.012, 0.05, 0.044)
  const seat = p(-0.018, 0.037, -0.042)
  const front = p(0.029, 0.007, -0.012)
  const arch = p(0.023, 0.012, -0.03)
  const wing = edge.map((one, i) => plate(0, hollow, one, edge[(i + 1) % edge.length]!, thick * S, 0.008 * S))
  const rim = [...crest, rear[0]!].slice(1).map((one, i) => bar(crest[i]!, one, 0.0042, 0.0042))
  return [
    ...wing,
    ...rim,
    ellipsoid(0, socket, [0.0165 * S, 0.0145 * S, 0.0165 * S], 0.008 * S),
    bar(socket, spine, 0.009, 0.004),
    bar(socket, front, 0.0085, 0.0068),
    bar(front, p(0.029, 0, -0.015), 0.0068, 0.0062),
    bar(socket, seat, 0.0115, 0.0105),
    bar(seat, arch, 0.008, 0.0048),
    bar(arch, front, 0.0048, 0.006),
    ellipsoid(0, p(-0.04, 0, 0.044), [0.013 * S, 0.03 * S, 0.016 * S], 0.01 * S),
    bar(p(-0.046, 0, 0.04), p(-0.058, 0, 0.008), 0.018, 0.009),
    bar(p(-0.058, 0, 0.008), p(-0.048, 0, -0.014), 0.009, 0.0035),
  ]
}

/** Axes of a shoulder blade: from the root of its spine, x toward its corner over the shoulder, y out of the back,
    z up along its inner edge. Those of the right one are left-handed. */
export function bladeAxes(j: Joints, side: Side): Matrix4 {
  const [aa, ts, ai] = [j[`acromion_${side}`], j[`scapula_spine_${side}`], j[`scapula_tip_${side}`]]
  const x = aa.clone().sub(ts).normalize()
  const up = ts.clone().sub(ai)
  const z = up.addScaledVector(x, -up.dot(x)).normalize()
  const y = new Vector3().crossVectors(z, x)
  if (side === 'r') y.negate()
  return new Matrix4().makeBasis(x, y, z).setPosition(ts)
}

function bladeShapes(at: Joints, size: number, thick: number): Shape[] {
  const inverse = bladeAxes(at, 'l').invert()
  const local = (v: Vector3) => v.clone().applyMatrix4(inverse)
  const [corner, tip, shoulder] = [local(at.acromion_l), local(at.scapula_tip_l), local(at.shoulder_l)]
  const cup = shoulder.clone().add(new Vector3(-0.021, 0.002, 0).multiplyScalar(size))
  const p = (v: Vector3, x = 0, y = 0, z = 0): Point => [v.x + x * size, v.y + y * size + ASIDE, v.z + z * size]
  const root = new Vector3()
  const bar = (a: Point, b: Point, ra: number, rb: number) =>
    cone(0, a, b, ra * size, rb * size, 0.008 * size)
  const leaf = (a: Point, b: Point, c: Point) => plate(0, a, b, c, 1.8 * thick * size, 0.008 * size)
  const upper = p(root, 0.016, -0.012, 0.045)
  const ridge = p(corner.clone().multiplyScalar(0.6), 0, 0.016, 0.002)
  return [
    leaf(p(root), p(tip), p(cup, -0.004, 0, -0.012)),
    leaf(p(root), p(cup, -0.004, 0, -0.012), p(cup, 0, 0, 0.008)),
    leaf(p(root), upper, p(cup, -0.012, -0.006, 0.012)),
    leaf(p(root), ridge, p(cup, -0.004, 0, 0.004)),
    leaf(ridge, p(corner), p(cup, -0.004, 0, 0.004)),
    bar(upper, p(root), 0.0034, 0.004),
    bar(p(root), p(tip), 0.004, 0.005),
    bar(p(tip), p(cup, -0.002, 0, -0.012), 0.005, 0.0075),
    bar(upper, p(cup, -0.01, -0.006, 0.014), 0.0032, 0.005),
    bar(p(root), ridge, 0.0032, 0.004),
    bar(ridge, p(corner), 0.004, 0.007),
    bar(p(corner), p(corner, 0.008, -0.03, 0.004), 0.007, 0.0065),
    ellipsoid(0, p(cup), [0.009 * size, 0.012 * size, 0.017 * size], 0.008 * size),
    bar(p(cup, -0.008, -0.004, 0.012), p(cup, -0.004, -0.022, 0.026), 0.0065, 0.006),
    bar(p(cup, -0.004, -0.022, 0.026), p(cup, 0.014, -0.036, 0.012), 0.006, 0.005),
  ]
}
