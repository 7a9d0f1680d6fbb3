import { type PerspectiveCamera, Raycaster, Vector2 } from 'three'

/** Furthest a finger may slide and longest it may rest for a touch to be a tap. */
const SLIDE_PX = 8
const REST_MS = 500

/** Tells taps from drags. */
export class Taps {
  private start: { x: number; y: number; at: number; id: number } | null = null
  private readonly caster = new Raycaster()

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly camera: PerspectiveCamera,
    private readonly tapped: (x: number, y: number, ray: Raycaster) => void,
  ) {
    canvas.addEventListener('pointerdown', this.down)
    canvas.addEventListener('pointerup', this.up)
  }

  private readonly down = (event: PointerEvent) => {
    this.start = { x: event.clientX, y: event.clientY, at: event.timeStamp, id: event.pointerId }
  }

  private readonly up = (event: PointerEvent) => {
    const start = this.start
    this.start = null
    if (!start || start.id !== event.pointerId || event.timeStamp - start.at > REST_MS) return
    if (Math.hypot(event.clientX - start.x, event.clientY - start.y) > SLIDE_PX) return
    const box = this.canvas.getBoundingClientRect()
    const [x, y] = [event.clientX - box.left, event.clientY - box.top]
    this.caster.setFromCamera(new Vector2((2 * x) / box.width - 1, 1 - (2 * y) / box.height), this.camera)
    this.tapped(x, y, this.caster)
  }

  dispose(): void {
    this.canvas.removeEventListener('pointerdown', this.down)
    this.canvas.removeEventListener('pointerup', this.up)
  }
}
