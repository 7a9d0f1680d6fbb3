import {
  BufferAttribute,
  BufferGeometry,
  DynamicDrawUsage,
  Group,
  type Material,
  Mesh,
  SphereGeometry,
  InstancedMesh,
  Matrix4,
  Vector3,
} from 'three'
import { Tubes, through } from '../tubes'
import { type Joints, SIDES, sign } from './joints'
import { facing } from './rig'
import { normals } from './skin'

const RINGS = 9
const VERTEBRAE = 20
/** Corners of the wing of a hip bone. */
const WING = 22
/** Along each side: collar bone, three edges and the ridge of the shoulder blade, two branches of the hip bone. */
const PER_SIDE = 7

/** Collar bones, shoulder blades, spine and pelvis, drawn simply where the model has them. */
export class Bones {
  readonly group = new Group()
  private readonly tubes = new Tubes(2 * PER_SIDE, RINGS, 6)
  private readonly plates: Plate[]
  private readonly wings: Plate[]
  private readonly spine: InstancedMesh

  constructor(
    material: Material,
    private readonly stature: number,
  ) {
    this.plates = SIDES.map(() => new Plate(material, 4))
    this.wings = SIDES.map(() => new Plate(material, WING))
    this.spine = new InstancedMesh(new SphereGeometry(1, 8, 6), material, VERTEBRAE)
    const tubes = new Mesh(this.tubes.geometry, material)
    for (const mesh of [tubes, this.spine, ...[...this.plates, ...this.wings].map((plate) => plate.mesh)]) {
      mesh.frustumCulled = false
      mesh.renderOrder = 1
      this.group.add(mesh)
    }
  }

  place(j: Joints): void {
    SIDES.forEach((side, index) => {
      this.collar(j, side, index * PER_SIDE)
      this.blade(j, side, index)
      this.hip(j, side, index)
    })
    this.column(j)
    this.tubes.changed()
  }

  private collar(j: Joints, side: 'l' | 'r', tube: number): void {
    const size = this.stature / 1.8
    const [sc, end] = [j[`sternoclavicular_${side}`], j[`acromion_${side}`]]
    const forward = j.sternum.clone().sub(j.upper_back).normalize()
    // A collar bone is S-shaped: it bows forward near the breast bone and back near the shoulder.
    const inner = sc
      .clone()
      .lerp(end, 0.3)
      .addScaledVector(forward, 0.012 * size)
    const outer = sc
      .clone()
      .lerp(end, 0.75)
      .addScaledVector(forward, -0.006 * size)
    this.tubes.round(
      tube,
      through([sc, inner, outer, end], RINGS),
      (share) => capped(share) * 0.0068 * size * (1 + 0.25 * Math.abs(share - 0.5)),
    )
  }

  private blade(j: Joints, side: 'l' | 'r', index: number): void {
    const size = this.stature / 1.8
    const [aa, ts, ai] = [j[`acromion_${side}`], j[`scapula_spine_${side}`], j[`scapula_tip_${side}`]]
    const glenoid = j[`shoulder_${side}`].clone().lerp(ts, 0.24)
    const away = new Vector3().crossVectors(aa.clone().sub(ts), ai.clone().sub(ts)).normalize()
    if (away.dot(j.upper_back.clone().sub(j.sternum)) < 0) away.negate()
    const upper = ts
      .clone()
      .addScaledVector(ts.clone().sub(ai).normalize(), 0.022 * size)
      .lerp(glenoid, 0.12)
    const first = index * PER_SIDE + 1
    const thin = (share: number) => capped(share) * 0.0038 * size
    const edge = (tube: number, points: Vector3[], radius: (share: number) => number) =>
      this.tubes.round(tube, through(points, RINGS), radius)
    edge(
      first,
      [
        ts,
        ts
          .clone()
          .lerp(ai, 0.5)
          .addScaledVector(away, 0.003 * size),
        ai,
      ],
      thin,
    )
    edge(
      first + 1,
      [ai, ai.clone().lerp(glenoid, 0.5), glenoid],
      (share) => capped(share) * (0.0042 + 0.004 * share) * size,
    )
    edge(
      first + 2,
      [
        upper,
        upper
          .clone()
          .lerp(glenoid, 0.55)
          .addScaledVector(away, -0.004 * size),
        glenoid,
      ],
      thin,
    )
    const ridge = ts
      .clone()
      .lerp(aa, 0.55)
      .addScaledVector(away, 0.012 * size)
    edge(first + 3, [ts, ridge, aa], (share) => capped(share) * (0.0035 + 0.0035 * share) * size)
    this.plates[index]!.place([upper, ts, ai, glenoid], away, 0.0022 * size)
  }

  private hip(j: Joints, side: 'l' | 'r', index: number): void {
    const S = this.stature
    const up = j.lumbosacral.clone().sub(j.pelvis).normalize()
    const turn = facing(up, new Vector3().crossVectors(new Vector3(0, 1, 0), up))
    const at = (x: number, y: number, z: number) =>
      new Vector3(x * S, sign(side) * y * S, z * S).applyQuaternion(turn).add(j.pelvis)
    const socket = at(0.006, 0.048, 0.004)
    const pubis = at(0.036, 0.004, -0.016)
    const wing = [
      socket,
      at(-0.022, 0.026, 0.002),
      at(-0.04, 0.014, 0.022),
      at(-0.036, 0.02, 0.052),
      at(-0.022, 0.05, 0.068),
      at(0.004, 0.069, 0.064),
      at(0.026, 0.064, 0.042),
      at(0.022, 0.056, 0.02),
    ]
    const edge = through([...wing, wing[0]!], WING + 1).slice(0, WING)
    this.wings[index]!.place(edge, new Vector3(0.35, 0.9 * sign(side), 0.2).applyQuaternion(turn), 0.0035 * S)
    const ramus = (share: number) => capped(share) * 0.0058 * S
    const tube = index * PER_SIDE + 5
    this.tubes.round(tube, through([socket, at(0.026, 0.028, 0.002), pubis], RINGS), ramus)
    this.tubes.round(
      tube + 1,
      through([socket, at(-0.006, 0.04, -0.034), at(0.012, 0.022, -0.034), pubis], RINGS),
      ramus,
    )
  }

  private column(j: Joints): void {
    const S = this.stature
    const forward = j.sternum.clone().sub(j.upper_back).normalize()
    const up = j.neck.clone().add(j.suprasternal_notch).sub(j.sternum).sub(j.upper_back).normalize()
    const low = j.lumbosacral.clone().sub(j.pelvis).normalize()
    const back = new Vector3().crossVectors(new Vector3(0, 1, 0), low).negate()
    const points = [
      j.pelvis
        .clone()
        .addScaledVector(back, 0.042 * S)
        .addScaledVector(low, 0.005 * S),
      j.pelvis
        .clone()
        .addScaledVector(back, 0.044 * S)
        .addScaledVector(low, 0.035 * S),
      j.lumbosacral
        .clone()
        .addScaledVector(back, 0.026 * S)
        .addScaledVector(low, 0.01 * S),
      j.lumbosacral
        .clone()
        .lerp(j.upper_back, 0.45)
        .addScaledVector(forward, 0.004 * S),
      j.upper_back.clone().addScaledVector(forward, 0.018 * S),
      j.neck.clone().addScaledVector(forward, 0.018 * S),
      j.vertex
        .clone()
        .addScaledVector(up, -0.088 * S)
        .addScaledVector(forward, -0.004 * S),
    ]
    const line = through(points, VERTEBRAE)
    const matrix = new Matrix4()
    line.forEach((at, index) => {
      const along = line[Math.min(index + 1, VERTEBRAE - 1)]!.clone().sub(line[Math.max(index - 1, 0)]!)
      const share = index / (VERTEBRAE - 1)
      const size = (0.0125 - 0.0062 * share) * S
      const tall = 0.2 * along.length()
      matrix.compose(at, facing(along, forward), new Vector3(0.85 * size, size, Math.max(tall, 0.4 * size)))
      this.spine.setMatrixAt(index, matrix)
    })
    this.spine.instanceMatrix.needsUpdate = true
  }

  dispose(): void {
    this.tubes.geometry.dispose()
    this.spine.geometry.dispose()
    this.spine.dispose()
    for (const plate of [...this.plates, ...this.wings]) plate.mesh.geometry.dispose()
  }
}

/** Round ends: the radius runs out over the first and last tenth. */
const capped = (share: number): number =>
  Math.sqrt(Math.max(0, 1 - (Math.max(0, Math.abs(share - 0.5) - 0.4) / 0.1) ** 2)) * 0.97 + 0.03

/** A thin plate whose corners go round its edge. */
class Plate {
  readonly mesh: Mesh
  private readonly positions: Float32Array
  private readonly triangles: Uint32Array

  constructor(
    material: Material,
    private readonly corners: number,
  ) {
    this.positions = new Float32Array(corners * 6)
    this.triangles = new Uint32Array(fans(corners))
    const geometry = new BufferGeometry()
    geometry.setAttribute('position', new BufferAttribute(this.positions, 3).setUsage(DynamicDrawUsage))
    geometry.setAttribute(
      'normal',
      new BufferAttribute(new Float32Array(corners * 6), 3).setUsage(DynamicDrawUsage),
    )
    geometry.setIndex(new BufferAttribute(this.triangles, 1))
    this.mesh = new Mesh(geometry, material)
  }

  place(corners: readonly Vector3[], away: Vector3, thick: number): void {
    corners.forEach((corner, index) => {
      corner
        .clone()
        .addScaledVector(away, thick)
        .toArray(this.positions, index * 3)
      corner
        .clone()
        .addScaledVector(away, -thick)
        .toArray(this.positions, (index + this.corners) * 3)
    })
    const { geometry } = this.mesh
    normals(this.positions, this.triangles, geometry.getAttribute('normal').array as Float32Array)
    geometry.getAttribute('position').needsUpdate = true
    geometry.getAttribute('normal').needsUpdate = true
  }
}

/** Triangles of both faces of a plate. */
function fans(corners: number): number[] {
  const out: number[] = []
  for (let i = 1; i < corners - 1; i++) out.push(0, i, i + 1, corners, corners + i + 1, corners + i)
  return out
}
