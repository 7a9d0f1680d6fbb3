import {
  BoxGeometry,
  CylinderGeometry,
  Group,
  LatheGeometry,
  type Material,
  Mesh,
  SphereGeometry,
  Vector2,
  Vector3,
  Matrix4,
} from 'three'
import { type Joints, sign } from '../body/joints'
import { grasp } from '../body/rig'
import { Tubes, through } from '../tubes'
import type { Side } from '../types'
import type { DrawnLoad } from './loads'

export interface Metals {
  body: Material
  dark: Material
}

/** Radius of a handle: what the fist is made for [m]. */
const GRIP = 0.0155

/** Weights as they are held; made once per set-up, moved with the hands. */
export class Weights {
  readonly group = new Group()
  private held: { object: Group; sides: Side[]; hangs: boolean }[] = []

  constructor(private readonly metals: Metals) {}

  set(loads: readonly DrawnLoad[], kettlebells: boolean): void {
    this.clear()
    for (const load of loads) {
      if (load.kind !== 'weight') continue
      const sides = load.ends.map((end) => (end.to.endsWith('_l') ? 'l' : 'r') as Side)
      const bell = isBell(load, kettlebells)
      const together = load.count < sides.length
      for (const group of together ? [sides] : sides.map((side) => [side])) {
        const object =
          bell || together ? kettlebell(load.mass, this.metals, together) : dumbbell(load.mass, this.metals)
        this.group.add(object)
        this.held.push({ object, sides: group, hangs: bell || together })
      }
    }
  }

  place(joints: Joints): void {
    for (const { object, sides, hangs } of this.held) {
      const at = new Vector3()
      const axis = new Vector3()
      for (const side of sides) {
        at.addScaledVector(joints[`hand_${side}`], 1 / sides.length)
        const { handle } = grasp(joints, side)
        axis.addScaledVector(handle, axis.dot(handle) < 0 ? -1 : 1)
      }
      if (sides.length > 1) axis.copy(joints.hand_l).sub(joints.hand_r)
      if (hangs) axis.z *= 0.35 // a bell's handle stays nearly level: its weight hangs below
      object.matrix.copy(upright(axis.normalize(), at, hangs))
      object.matrixAutoUpdate = false
    }
  }

  private clear(): void {
    for (const { object } of this.held) {
      object.traverse((part) => part instanceof Mesh && part.geometry.dispose())
      this.group.remove(object)
    }
    this.held = []
  }

  dispose(): void {
    this.clear()
  }
}

const isBell = ({ id }: DrawnLoad, kettlebells: boolean): boolean =>
  id.includes('kettlebell') || (kettlebells && !id.includes('dumbbell'))

/** A kettlebell's ball as it hangs from one hand; `outward` leads away from the body, level and square to its handle. */
export interface Bell {
  ball: Vector3
  radius: number
  outward: Vector3
}

export function bellHeld(loads: readonly DrawnLoad[], hand: string, kettlebells: boolean, joints: Joints): Bell | null {
  const held = loads.find((load) => load.kind === 'weight' && isBell(load, kettlebells) && load.ends[0]?.to === hand)
  if (!held || held.ends.length > 1 || !hand.startsWith('hand')) return null
  const side = hand.endsWith('_l') ? 'l' : 'r'
  const radius = ballRadius(held.mass)
  const outward = new Vector3().crossVectors(grasp(joints, side).handle, new Vector3(0, 0, 1)).normalize()
  return {
    ball: joints[`hand_${side}`].clone().add(new Vector3(0, 0, -dropOf(radius))),
    radius,
    outward: outward.multiplyScalar(Math.sign(outward.y) * sign(side)),
  }
}

/** Handle along y; a hanging thing keeps its z up as well as it can. */
function upright(axis: Vector3, at: Vector3, hangs: boolean): Matrix4 {
  const up = new Vector3(0, 0, 1)
  if (!hangs && Math.abs(axis.z) > 0.95) up.set(1, 0, 0)
  const x = new Vector3().crossVectors(axis, up).normalize()
  return new Matrix4().makeBasis(x, axis, new Vector3().crossVectors(x, axis)).setPosition(at)
}

function dumbbell(mass: number, { body, dark }: Metals): Group {
  const group = new Group()
  const radius = 0.05 * Math.cbrt(Math.max(mass, 1) / 10)
  const thick = 0.05 * Math.cbrt(Math.max(mass, 1) / 10)
  group.add(new Mesh(new CylinderGeometry(GRIP, GRIP, 0.15, 12), dark))
  for (const end of [-1, 1]) {
    const head = new Mesh(rounded(radius, thick), body)
    head.position.y = end * (0.068 + thick / 2)
    group.add(head)
  }
  return group
}

/** A disc along y with rounded edges. */
function rounded(radius: number, thick: number): LatheGeometry {
  const [half, bevel] = [thick / 2, Math.min(thick, radius) * 0.22]
  const points = [
    new Vector2(0.0001, -half),
    new Vector2(radius - bevel, -half),
    new Vector2(radius - 0.3 * bevel, -half + 0.3 * bevel),
    new Vector2(radius, -half + bevel),
    new Vector2(radius, half - bevel),
    new Vector2(radius - 0.3 * bevel, half - 0.3 * bevel),
    new Vector2(radius - bevel, half),
    new Vector2(0.0001, half),
  ]
  return new LatheGeometry(points, 22)
}

/** Radius of a kettlebell's ball [m]; 12 kg are about 16 cm across. */
const ballRadius = (mass: number) => 0.078 * Math.cbrt(Math.max(mass, 2) / 12)
/** How far below the handle a ball's middle hangs [m]. */
const dropOf = (radius: number) => 0.055 + 0.95 * radius

/** A ball on a flat foot, hung from a handle along y that runs through the origin; `wide` has room for two hands. */
function kettlebell(mass: number, { body, dark }: Metals, wide: boolean): Group {
  const group = new Group()
  const radius = ballRadius(mass)
  const span = wide ? 0.098 : 0.062
  const drop = dropOf(radius)
  const ball = new Mesh(new SphereGeometry(radius, 20, 12), body)
  ball.position.z = -drop
  ball.scale.set(1, 1, 0.95)
  const foot = new Mesh(new CylinderGeometry(radius * 0.66, radius * 0.6, 0.016, 20), body)
  foot.rotation.x = Math.PI / 2
  foot.position.z = -drop - radius * 0.9
  const horn = (side: number) => [
    new Vector3(0, side * 0.62 * radius, -drop + 0.72 * radius),
    new Vector3(0, side * span * 1.04, -0.042),
    new Vector3(0, side * span * 0.94, -0.012),
    new Vector3(0, side * span * 0.7, 0),
  ]
  const handle = new Tubes(1, 19, 8)
  handle.round(0, through([...horn(-1), ...horn(1).reverse()], 19), () => GRIP)
  group.add(ball, foot, new Mesh(handle.geometry, dark))
  return group
}

/** A box from a corner along three edges. */
export function box(corner: Vector3, edges: readonly Vector3[], material: Material): Mesh {
  const mesh = new Mesh(new BoxGeometry(1, 1, 1), material)
  const [a, b, c] = edges as [Vector3, Vector3, Vector3]
  const centre = corner.clone().addScaledVector(a, 0.5).addScaledVector(b, 0.5).addScaledVector(c, 0.5)
  mesh.matrix.makeBasis(a, b, c).setPosition(centre)
  mesh.matrixAutoUpdate = false
  return mesh
}

export function rod(from: Vector3, to: Vector3, radius: number, material: Material): Mesh {
  const along = to.clone().sub(from)
  const mesh = new Mesh(new CylinderGeometry(radius, radius, along.length(), 12), material)
  mesh.position.copy(from).addScaledVector(along, 0.5)
  mesh.quaternion.setFromUnitVectors(new Vector3(0, 1, 0), along.normalize())
  return mesh
}
