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
import type { DrawnLoad } from '../gear/loads'

/** Radius in which a finger takes hold of an anchor [CSS px]: half of a touch target. */
const TOUCH = 26
const REACH = { x: 6, low: 0, high: 4 }

/** The handles that anchors are dragged by, in the upright plane that the anchor lies in with the person. */
export class Handles {
  readonly group = new Group()
  private loads: DrawnLoad[] = []
  private held: { load: DrawnLoad; plane: Plane; id: number } | null = null

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly camera: PerspectiveCamera,
    private readonly inner: Material,
    private readonly rim: Material,
    private readonly moved: (load: DrawnLoad, done: boolean) => void,
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
    for (const load of this.loads) {
      const handle = new Group()
      const ball = new Mesh(new SphereGeometry(0.028, 16, 12), this.inner)
      const ring = new Mesh(new TorusGeometry(0.043, 0.006, 8, 28), this.rim)
      ball.renderOrder = ring.renderOrder = 20
      handle.add(ball, ring)
      handle.userData.load = load
      this.group.add(handle)
    }
    this.place()
  }

  /** Keeps the handles on their anchors and their rings toward the eye. */
  place(): void {
    for (const handle of this.group.children) {
      const load = handle.userData.load as DrawnLoad
      if (load.anchor) handle.position.copy(load.anchor)
      handle.children[1]!.quaternion.copy(this.camera.quaternion)
    }
  }

  /** The load whose handle is under a point of the page. */
  at(x: number, y: number): DrawnLoad | null {
    const box = this.canvas.getBoundingClientRect()
    const seen = new Vector3()
    let best: DrawnLoad | null = null
    let least = TOUCH
    for (const load of this.loads) {
      seen.copy(load.anchor!).project(this.camera)
      if (seen.z > 1) continue
      const px = box.left + ((seen.x + 1) / 2) * box.width
      const py = box.top + ((1 - seen.y) / 2) * box.height
      const far = Math.hypot(px - x, py - y)
      if (far < least) [best, least] = [load, far]
    }
    return best
  }

  private readonly touch = (event: TouchEvent) => {
    const first = event.touches[0]
    // Else a phone scrolls the page instead of moving the anchor.
    if (first && this.at(first.clientX, first.clientY)) event.preventDefault()
  }

  private readonly down = (event: PointerEvent) => {
    const load = this.at(event.clientX, event.clientY)
    if (!load?.anchor || this.held) return
    event.preventDefault()
    this.canvas.setPointerCapture(event.pointerId)
    this.held = { load, plane: planeOf(load.anchor, this.camera), id: event.pointerId }
  }

  private readonly move = (event: PointerEvent) => {
    if (!this.held || event.pointerId !== this.held.id) {
      if (event.pointerType === 'mouse')
        this.canvas.style.cursor = this.at(event.clientX, event.clientY) ? 'grab' : ''
      return
    }
    const at = this.project(event.clientX, event.clientY, this.held.plane)
    const { anchor } = this.held.load
    if (!at || !anchor) return
    anchor.set(
      clamp(at.x, -REACH.x, REACH.x),
      clamp(at.y, -REACH.x, REACH.x),
      clamp(at.z, REACH.low, REACH.high),
    )
    this.moved(this.held.load, false)
  }

  private readonly up = (event: PointerEvent) => {
    if (!this.held || event.pointerId !== this.held.id) return
    const { load } = this.held
    this.held = null
    this.moved(load, true)
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
    for (const handle of this.group.children)
      handle.traverse((part) => part instanceof Mesh && part.geometry.dispose())
    this.group.clear()
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

/** The upright plane through an anchor and the middle line of the person; seen edge-on, the one that faces the eye. */
function planeOf(anchor: Vector3, camera: PerspectiveCamera): Plane {
  const beside = Math.abs(anchor.y) > Math.abs(anchor.x)
  const normal = beside ? new Vector3(1, 0, 0) : new Vector3(0, 1, 0)
  const toward = camera.getWorldDirection(new Vector3())
  // From straight ahead or behind, the plane shows its edge and cannot be drawn in; there only the height is moved.
  if (Math.abs(toward.dot(normal)) < 0.17) normal.set(beside ? 0 : 1, beside ? 1 : 0, 0)
  return new Plane().setFromNormalAndCoplanarPoint(normal, anchor)
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value))
