import {
  Group,
  type Material,
  Mesh,
  type PerspectiveCamera,
  Plane,
  Raycaster,
  SphereGeometry,
  TorusGeometry,
  Vector2,
  Vector3,
} from 'three'
import type { Joints } from '../body/joints'
import { type DrawnLoad, placeOf } from '../gear/loads'

/** Radius in which a finger takes hold of a handle [CSS px]: half of a touch target. */
const TOUCH = 26
const REACH = { x: 6, low: 0, high: 4 }
/** How much shorter or longer than now a band can be gripped in one drag. */
const GRIP = { least: 0.3, most: 1.8 }

/** What can be dragged: where a load is hooked, where the person stands before it, where the band is gripped. */
type Part = 'anchor' | 'feet' | 'grip'

interface Handle {
  part: Part
  load: DrawnLoad
  group: Group
}

export interface Dragged {
  part: Part
  load: DrawnLoad
  /** Of a grip: free length over what it was when it was taken hold of. */
  share: number
  done: boolean
}

/** The handles that a set-up is dragged by, in the upright plane that each lies in with the person. */
export class Handles {
  readonly group = new Group()
  private handles: Handle[] = []
  private loads: DrawnLoad[] = []
  private joints: Joints | null = null
  private held: { handle: Handle; plane: Plane; id: number; at: Vector3; share: number } | null = null

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly camera: PerspectiveCamera,
    private readonly inner: Material,
    private readonly rim: Material,
    private readonly moved: (dragged: Dragged) => void,
  ) {
    canvas.addEventListener('pointerdown', this.down, true)
    canvas.addEventListener('pointermove', this.move)
    canvas.addEventListener('pointerup', this.up)
    canvas.addEventListener('pointercancel', this.up)
    canvas.addEventListener('touchstart', this.touch, { passive: false })
  }

  get holding(): boolean {
    return this.held !== null
  }

  set(loads: readonly DrawnLoad[], enabled: boolean): void {
    this.clear()
    this.loads = enabled ? loads.filter((load) => load.anchor) : []
    for (const load of this.loads) this.add('anchor', load)
    if (this.loads[0]) this.add('feet', this.loads[0])
    if (enabled) for (const load of loads) if (load.setup?.free_length_m) this.add('grip', load)
    this.place(this.joints)
  }

  private add(part: Part, load: DrawnLoad): void {
    const group = new Group()
    const ball = new Mesh(new SphereGeometry(0.028, 12, 8), this.inner)
    const ring = new Mesh(new TorusGeometry(0.043, 0.006, 5, 20), this.rim)
    ball.renderOrder = ring.renderOrder = 20
    group.add(ball, ring)
    this.group.add(group)
    this.handles.push({ part, load, group })
  }

  /** Keeps the handles where they belong on a pose, and their rings toward the eye. */
  place(joints: Joints | null): void {
    this.joints = joints
    for (const handle of this.handles) {
      const at = this.held?.handle === handle ? this.held.at : this.home(handle)
      handle.group.visible = at !== null
      if (at) handle.group.position.copy(at)
      handle.group.children[1]!.quaternion.copy(this.camera.quaternion)
    }
  }

  private home({ part, load }: Handle): Vector3 | null {
    if (part === 'anchor') return load.anchor
    const joints = this.joints
    if (!joints) return null
    if (part === 'feet') return joints.toe_l.clone().lerp(joints.toe_r, 0.5).setZ(0.03)
    const end = load.ends[0]
    return end ? placeOf(end.to, load, joints) : null
  }

  /** The handle under a point of the page. */
  private at(x: number, y: number): Handle | null {
    const box = this.canvas.getBoundingClientRect()
    const seen = new Vector3()
    let best: Handle | null = null
    let least = TOUCH
    for (const handle of this.handles) {
      if (!handle.group.visible) continue
      seen.copy(handle.group.position).project(this.camera)
      if (seen.z > 1) continue
      const px = box.left + ((seen.x + 1) / 2) * box.width
      const py = box.top + ((1 - seen.y) / 2) * box.height
      const far = Math.hypot(px - x, py - y)
      if (far < least) [best, least] = [handle, far]
    }
    return best
  }

  private readonly touch = (event: TouchEvent) => {
    const first = event.touches[0]
    // Else a phone scrolls the page instead of moving the handle.
    if (first && this.at(first.clientX, first.clientY)) event.preventDefault()
  }

  private readonly down = (event: PointerEvent) => {
    const handle = this.at(event.clientX, event.clientY)
    if (!handle || this.held) return
    event.preventDefault()
    this.canvas.setPointerCapture(event.pointerId)
    const at = handle.group.position.clone()
    const plane =
      handle.part === 'grip'
        ? new Plane().setFromNormalAndCoplanarPoint(this.camera.getWorldDirection(new Vector3()), at)
        : planeOf(at, this.camera)
    this.held = { handle, plane, id: event.pointerId, at, share: 1 }
  }

  private readonly move = (event: PointerEvent) => {
    if (!this.held || event.pointerId !== this.held.id) {
      if (event.pointerType === 'mouse')
        this.canvas.style.cursor = this.at(event.clientX, event.clientY) ? 'grab' : ''
      return
    }
    const at = this.project(event.clientX, event.clientY, this.held.plane)
    if (!at) return
    this.drag(at)
    this.tell(false)
  }

  private drag(to: Vector3): void {
    const { handle, at } = this.held!
    if (handle.part === 'anchor') {
      at.set(
        clamp(to.x, -REACH.x, REACH.x),
        clamp(to.y, -REACH.x, REACH.x),
        clamp(to.z, REACH.low, REACH.high),
      )
      handle.load.anchor?.copy(at)
    } else if (handle.part === 'feet') {
      // The world is told from the feet: who steps back has every anchor further ahead.
      for (const { anchor } of this.loads) anchor?.setX(clamp(anchor.x - (to.x - at.x), -REACH.x, REACH.x))
      at.setX(to.x)
    } else this.slide(to)
  }

  /** Along the band, from where it is hooked to the hand. */
  private slide(to: Vector3): void {
    const held = this.held!
    const { load } = held.handle
    const [end, hand] = [load.ends[0], this.home(held.handle)]
    const from = end?.from && this.joints ? placeOf(end.from, load, this.joints) : null
    if (!from || !hand) return
    const along = hand.clone().sub(from)
    held.share = clamp(to.clone().sub(from).dot(along) / along.lengthSq(), GRIP.least, GRIP.most)
    held.at.copy(from).addScaledVector(along, held.share)
  }

  private readonly up = (event: PointerEvent) => {
    if (!this.held || event.pointerId !== this.held.id) return
    const before = this.held
    this.held = null
    this.tell(true, before)
  }

  /** Feet move every anchor; all else moves its own load. */
  private tell(done: boolean, held = this.held!): void {
    const { part, load } = held.handle
    for (const one of part === 'feet' ? this.loads : [load]) this.moved({ part, load: one, share: held.share, done })
  }

  private project(x: number, y: number, plane: Plane): Vector3 | null {
    const box = this.canvas.getBoundingClientRect()
    const caster = new Raycaster()
    caster.setFromCamera(
      new Vector2(((x - box.left) / box.width) * 2 - 1, 1 - ((y - box.top) / box.height) * 2),
      this.camera,
    )
    return caster.ray.intersectPlane(plane, new Vector3())
  }

  private clear(): void {
    for (const { group } of this.handles)
      group.traverse((part) => part instanceof Mesh && part.geometry.dispose())
    this.group.clear()
    this.handles = []
  }

  dispose(): void {
    this.clear()
    this.canvas.removeEventListener('pointerdown', this.down, true)
    this.canvas.removeEventListener('pointermove', this.move)
    this.canvas.removeEventListener('pointerup', this.up)
    this.canvas.removeEventListener('pointercancel', this.up)
    this.canvas.removeEventListener('touchstart', this.touch)
  }
}

/** The upright plane through a place and the middle line of the person; seen edge-on, the one that faces the eye. */
function planeOf(anchor: Vector3, camera: PerspectiveCamera): Plane {
  const beside = Math.abs(anchor.y) > Math.abs(anchor.x)
  const normal = beside ? new Vector3(1, 0, 0) : new Vector3(0, 1, 0)
  const toward = camera.getWorldDirection(new Vector3())
  // From straight ahead or behind, the plane shows its edge and cannot be drawn in; there only the height is moved.
  if (Math.abs(toward.dot(normal)) < 0.17) normal.set(beside ? 0 : 1, beside ? 1 : 0, 0)
  return new Plane().setFromNormalAndCoplanarPoint(normal, anchor)
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value))
