import { Vector2, type WebGLRenderer } from 'three'

/** Most pixels of a picture while something moves. */
export const PIXELS = 160_000
/** For how long nothing may have moved before all pixels are drawn [ms]. */
export const REST_MS = 250

/** Without a graphics chip every pixel costs: fewer while something moves, all of them once it rests. */
export class Sharpness {
  private resting: ReturnType<typeof setTimeout> | undefined
  private readonly size = new Vector2()

  /** `draw` draws the same picture once more. */
  constructor(
    private readonly gl: WebGLRenderer,
    private readonly draw: () => void,
  ) {}

  /** Before each picture. */
  move(): void {
    clearTimeout(this.resting)
    const { x, y } = this.gl.getSize(this.size)
    this.set(Math.min(1, Math.sqrt(PIXELS / (x * y))))
  }

  /** When no other picture is to come. */
  rest(): void {
    clearTimeout(this.resting)
    if (this.gl.getPixelRatio() === 1) return
    this.resting = setTimeout(() => {
      this.set(1)
      this.draw()
    }, REST_MS)
  }

  private set(ratio: number): void {
    // Another size throws the picture away, also where it is the same one.
    if (ratio !== this.gl.getPixelRatio()) this.gl.setPixelRatio(ratio)
  }

  dispose(): void {
    clearTimeout(this.resting)
  }
}
