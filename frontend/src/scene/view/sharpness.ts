import { Vector2, type WebGLRenderer } from 'three'

/** Most pixels of a picture while something moves, until it is known how long pictures take here. */
export const PIXELS = 160_000
/** From then on they are between these. */
export const [LEAST, MOST] = [80_000, 240_000]
/** Pictures that follow each other slower are too many for this device, and quicker ones could be finer [ms]. */
export const [SLOW_MS, QUICK_MS] = [33, 22]
/** So many pictures are looked at together, and by this the next ones have fewer pixels or more: less than by what
    divides slow from quick, so that it does not swing. */
const TOGETHER = 10
const STEP = 1.25
/** After a longer pause a picture does not follow the one before [ms]. */
const PAUSE_MS = 200
/** For how long nothing may have moved before all pixels are drawn [ms]. */
export const REST_MS = 250

/** Without a graphics chip every pixel costs: fewer while something moves, all of them once it rests. */
export class Sharpness {
  private resting: ReturnType<typeof setTimeout> | undefined
  private readonly size = new Vector2()
  private pixels = PIXELS
  private before = -Infinity
  private gaps: number[] = []

  /** `draw` draws the same picture once more. */
  constructor(
    private readonly gl: WebGLRenderer,
    private readonly draw: () => void,
  ) {}

  /** Before each picture; `now` is its frame's time where one follows the other as soon as it can [ms]. */
  move(now = -Infinity): void {
    clearTimeout(this.resting)
    this.suit(now - this.before)
    this.before = now
    const { x, y } = this.gl.getSize(this.size)
    this.set(Math.min(1, Math.sqrt(this.pixels / (x * y))))
  }

  /** As many pixels as this device can draw in time. */
  private suit(gap: number): void {
    if (!(gap < PAUSE_MS)) return
    if (this.gaps.push(gap) < TOGETHER) return
    const usual = this.gaps.sort((a, b) => a - b)[TOGETHER / 2]!
    this.gaps = []
    if (usual > SLOW_MS) this.pixels = Math.max(LEAST, this.pixels / STEP)
    else if (usual < QUICK_MS) this.pixels = Math.min(MOST, this.pixels * STEP)
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
