import {
  BufferAttribute,
  BufferGeometry,
  Group,
  InstancedMesh,
  type Material,
  Matrix4,
  Mesh,
  Vector3,
} from 'three'
import { Tubes, through } from '../tubes'
import { type Joints, SIDES } from './joints'
import type { BodyMesh } from '.'
import { facing } from './rig'
import { ASIDE, bladeAxes } from './skeleton'
import { normals } from './skin'
import type { Surface } from './surface'

const RINGS = 9
/** From the lowest of the loin to the uppermost of the neck. */
const VERTEBRAE = 24
/** Half widths of the lowest and the uppermost, shares of stature. */
const WIDEST = 0.0138
const NARROWEST = 0.0062

/** Collar bones, shoulder blades, spine and pelvis, drawn simply where the model has them. */
export class Bones {
  readonly group = new Group()
  private readonly collars = new Tubes(2, RINGS, 8)
  private readonly blades: Mesh[]
  private readonly pelvis: Mesh
  private readonly spine: InstancedMesh
  private readonly stature: number

  constructor(material: Material, { skeleton, measures }: BodyMesh, coarse = false) {
    this.stature = measures.stature
    const blade = solid(skeleton.blade)
    this.blades = SIDES.map(() => new Mesh(blade, material))
    this.pelvis = new Mesh(solid(skeleton.pelvis), material)
    this.spine = new InstancedMesh(vertebra(coarse ? 4 : 8), material, VERTEBRAE)
    for (const mesh of [new Mesh(this.collars.geometry, material), this.spine, this.pelvis, ...this.blades]) {
      mesh.frustumCulled = false
      mesh.renderOrder = 1
      this.group.add(mesh)
    }
    for (const mesh of [this.pelvis, ...this.blades]) mesh.matrixAutoUpdate = false
  }

  place(j: Joints): void {
    SIDES.forEach((side, index) => {
      this.collar(j, side, index)
      const axes = bladeAxes(j, side)
      this.blades[index]!.matrix.copy(axes.multiply(new Matrix4().makeTranslation(0, -ASIDE, 0)))
    })
    this.hips(j)
    this.column(j)
    this.collars.changed()
  }

  private collar(j: Joints, side: 'l' | 'r', tube: number): void {
    const size = this.stature / 1.8
    const [sc, end] = [j[`sternoclavicular_${side}`], j[`acromion_${side}`]]
    const forward = ahead(j)
    // A collar bone is S-shaped: it bows forward near the breast bone and back near the shoulder.
    const bowed = (share: number, by: number) => sc.clone().lerp(end, share).addScaledVector(forward, by * size)
    this.collars.round(
      tube,
      through([sc, bowed(0.3, 0.012), bowed(0.75, -0.006), end], RINGS),
      (share) => capped(share) * 0.0068 * size * (1 + 0.5 * Math.abs(share - 0.5)),
    )
  }

  private hips(j: Joints): void {
    const up = j.lumbosacral.clone().sub(j.pelvis).normalize()
    const turn = facing(up, new Vector3().crossVectors(new Vector3(0, 1, 0), up))
    this.pelvis.matrix.makeRotationFromQuaternion(turn).setPosition(j.pelvis)
  }

  private column(j: Joints): void {
    const S = this.stature
    const forward = ahead(j)
    const up = j.neck.clone().add(j.suprasternal_notch).sub(j.sternum).sub(j.upper_back).normalize()
    const low = j.lumbosacral.clone().sub(j.pelvis).normalize()
    const front = new Vector3().crossVectors(new Vector3(0, 1, 0), low)
    const at = (from: Vector3, forth: Vector3, by: number, along: Vector3, far: number) =>
      from.clone().addScaledVector(forth, by * S).addScaledVector(along, far * S)
    const line = through(
      [
        at(j.lumbosacral, front, -0.025, low, 0.004),
        at(j.lumbosacral.clone().lerp(j.upper_back, 0.45), forward, 0.012, up, 0),
        at(j.upper_back, forward, 0.026, up, 0),
        at(j.neck, forward, 0.026, up, 0),
        at(j.vertex, forward, -0.004, up, -0.092),
      ],
      VERTEBRAE,
    )
    const matrix = new Matrix4()
    line.forEach((place, index) => {
      const [before, after] = [line[Math.max(index - 1, 0)]!, line[Math.min(index + 1, VERTEBRAE - 1)]!]
      const along = after.clone().sub(before)
      const step = along.length() / (index === 0 || index === VERTEBRAE - 1 ? 1 : 2)
      const size = (WIDEST + (NARROWEST - WIDEST) * Math.sqrt(index / (VERTEBRAE - 1))) * S
      matrix.compose(place, facing(along, forward), new Vector3(size, size, 0.42 * step))
      this.spine.setMatrixAt(index, matrix)
    })
    this.spine.instanceMatrix.needsUpdate = true
  }

  dispose(): void {
    for (const mesh of this.group.children) (mesh as Mesh).geometry.dispose()
    this.spine.dispose()
  }
}

const ahead = (j: Joints): Vector3 => j.sternum.clone().sub(j.upper_back).normalize()

/** Round ends: the radius runs out over the first and last tenth. */
const capped = (share: number): number =>
  Math.sqrt(Math.max(0, 1 - (Math.max(0, Math.abs(share - 0.5) - 0.4) / 0.1) ** 2)) * 0.97 + 0.03

function solid({ positions, triangles }: Surface): BufferGeometry {
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(positions, 3))
  geometry.setAttribute('normal', new BufferAttribute(normals(positions, triangles), 3))
  geometry.setIndex(new BufferAttribute(triangles, 1))
  return geometry
}

/** A vertebra whose body is 2 wide and 2 high: x forward, z up; one process to the back and one to either side. */
function vertebra(sides: number): BufferGeometry {
  const parts = new Tubes(4, 5, sides)
  const body = [-1, -0.92, 0, 0.92, 1].map((z) => new Vector3(0, 0, z))
  const breadth = [0.01, 0.92, 0.8, 0.92, 0.01]
  parts.round(0, body, (share) => breadth[Math.round(4 * share)]!)
  const spike = (tube: number, from: Vector3, to: Vector3, thick: number) => {
    const points = [0, 0.35, 0.7, 0.97, 1].map((share) => from.clone().lerp(to, share))
    parts.round(tube, points, (share) => (share === 1 ? 0.01 : thick * (1 - 0.3 * share)))
  }
  spike(1, new Vector3(-0.7, 0, 0.1), new Vector3(-2.1, 0, -0.75), 0.3)
  for (const side of [-1, 1])
    spike(side < 0 ? 2 : 3, new Vector3(-0.6, 0, 0.1), new Vector3(-1.1, 1.45 * side, 0.15), 0.24)
  return parts.geometry
}
