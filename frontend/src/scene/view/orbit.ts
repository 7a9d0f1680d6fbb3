import { PerspectiveCamera, Vector3 } from 'three'

const TURN = 0.0085
const LEAST_HEIGHT = -0.35
const MOST_HEIGHT = 1.45
const STILL = 1e-4
/** Share of the way to the wanted view that is left after a second of damping. */
const LEFT_AFTER_SECOND = 1e-4
/** Kept clear above and below for the buttons and the legend that lie over the picture [CSS px], and the most of its height. */
const STRIP = 42
const MOST_STRIP = 0.075
/** What is kept clear to either side, as a share of the width. */
const BESIDE = 0.02

/** A camera that turns round the figure by drag, pinch and wheel, and comes to rest softly. */
export class Orbit {
  readonly camera = new PerspectiveCamera(26, 1, 0.1, 30)
  readonly target = new Vector3(0, 0, 0.9)
  private now = { azimuth: -0.8, height: 0.2, distance: 4 }
  private wanted = { ...this.now }
  private fitted = 4
  private readonly held = new Map<number, { x: number; y: number }>()
  /** Whether the viewer has turned the figure away from a named view. */
  free = false

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly changed: () => void,
    private readonly blocked: () => boolean,
    private readonly still: () => boolean,
  ) {
    this.camera.up.set(0, 0, 1)
    canvas.addEventListener('pointerdown', this.down)
    canvas.addEventListener('pointermove', this.move)
    for (const end of ['pointerup', 'pointercancel', 'lostpointercapture'] as const)
      canvas.addEventListener(end, this.up)
    canvas.addEventListener('wheel', this.wheel, { passive: false })
  }

  /** Looks from a direction at everything inside a set of points. */
  look(from: Vector3, points: readonly Vector3[], animated = true): void {
    const d = from.clone().normalize()
    this.wanted.azimuth = nearest(Math.atan2(d.y, d.x), this.now.azimuth)
    this.wanted.height = Math.asin(d.z)
    this.frame(points, d)
    this.free = false
    if (!animated || this.still()) this.now = { ...this.wanted }
    this.place()
    this.changed()
  }

  /** Distance and target at which all points fit the picture. */
  private frame(points: readonly Vector3[], toward: Vector3): void {
    const right = new Vector3().crossVectors(new Vector3(0, 0, 1), toward).normalize()
    const up = new Vector3().crossVectors(toward, right)
    const half = Math.tan((this.camera.fov * Math.PI) / 360)
    const tall = half * (1 - 2 * Math.min(STRIP / Math.max(this.canvas.clientHeight, 1), MOST_STRIP))
    const wide = half * this.camera.aspect * (1 - 2 * BESIDE)
    const span = (axis: Vector3) => {
      const along = points.map((p) => p.dot(axis))
      return [Math.min(...along), Math.max(...along)] as const
    }
    const [r, u, d] = [span(right), span(up), span(toward)]
    this.target
      .set(0, 0, 0)
      .addScaledVector(right, (r[0] + r[1]) / 2)
      .addScaledVector(up, (u[0] + u[1]) / 2)
      .addScaledVector(toward, (d[0] + d[1]) / 2)
    const needed = points.map((p) => {
      const from = p.clone().sub(this.target)
      return from.dot(toward) + Math.max(Math.abs(from.dot(right)) / wide, Math.abs(from.dot(up)) / tall)
    })
    this.fitted = Math.max(...needed)
    this.wanted.distance = this.fitted
  }

  /** One step of damping; whether the camera still moves. */
  step(seconds: number): boolean {
    const share = this.still() ? 1 : 1 - LEFT_AFTER_SECOND ** Math.min(seconds, 0.1)
    let far = 0
    for (const key of ['azimuth', 'height', 'distance'] as const) {
      const gap = this.wanted[key] - this.now[key]
      this.now[key] += gap * share
      far = Math.max(far, Math.abs(gap * (1 - share)))
    }
    if (far < STILL) this.now = { ...this.wanted }
    this.place()
    return far >= STILL
  }

  /** From what is looked at to the eye. */
  get toward(): Vector3 {
    return this.camera.position.clone().sub(this.target).normalize()
  }

  private place(): void {
    const { azimuth, height, distance } = this.now
    const flat = Math.cos(height)
    this.camera.position
      .set(flat * Math.cos(azimuth), flat * Math.sin(azimuth), Math.sin(height))
      .multiplyScalar(distance)
      .add(this.target)
    this.camera.lookAt(this.target)
    this.camera.updateMatrixWorld()
  }

  private readonly down = (event: PointerEvent) => {
    if (this.blocked()) return
    this.held.set(event.pointerId, { x: event.clientX, y: event.clientY })
    this.canvas.setPointerCapture(event.pointerId)
  }

  private readonly move = (event: PointerEvent) => {
    const before = this.held.get(event.pointerId)
    if (!before) return
    if (this.blocked()) return this.held.clear()
    const gap = this.gap()
    const share = 1 / this.held.size
    this.turn((event.clientX - before.x) * share, (event.clientY - before.y) * share)
    before.x = event.clientX
    before.y = event.clientY
    if (gap > 0) this.zoom(gap / Math.max(this.gap(), 1))
    this.changed()
  }

  private readonly up = (event: PointerEvent) => this.held.delete(event.pointerId)

  private readonly wheel = (event: WheelEvent) => {
    // A plain wheel scrolls the page; with the key for zooming it zooms, as trackpads send for a pinch.
    if (!event.ctrlKey) return
    event.preventDefault()
    this.zoom(Math.exp(event.deltaY * 0.008))
    this.changed()
  }

  private turn(dx: number, dy: number): void {
    if (Math.abs(dx) + Math.abs(dy) > 0) this.free = true
    this.wanted.azimuth -= dx * TURN
    this.wanted.height = Math.min(MOST_HEIGHT, Math.max(LEAST_HEIGHT, this.wanted.height + dy * TURN))
  }

  private zoom(factor: number): void {
    this.wanted.distance = Math.min(
      1.6 * this.fitted,
      Math.max(0.3 * this.fitted, this.wanted.distance * factor),
    )
  }

  private gap(): number {
    const [a, b] = [...this.held.values()]
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0
  }

  dispose(): void {
    this.canvas.removeEventListener('pointerdown', this.down)
    this.canvas.removeEventListener('pointermove', this.move)
    for (const end of ['pointerup', 'pointercancel', 'lostpointercapture'] as const)
      this.canvas.removeEventListener(end, this.up)
    this.canvas.removeEventListener('wheel', this.wheel)
  }
}

/** The turn that means the same direction and is nearest to another. */
export function nearest(angle: number, to: number): number {
  return angle + 2 * Math.PI * Math.round((to - angle) / (2 * Math.PI))
}
