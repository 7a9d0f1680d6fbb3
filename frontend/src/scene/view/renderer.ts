import { type Camera, ColorManagement, LinearSRGBColorSpace, type Scene, WebGLRenderer } from 'three'
import { FigureUnavailable } from '../types'

const SOFTWARE = /swiftshader|llvmpipe|software|basic render/i

/** Pixels drawn at most while the figure moves and no graphics chip is at work. */
const MOVING_PIXELS = 160_000
/** It moves while pictures follow each other within this [ms]. */
const REST_MS = 400

/** A renderer, and how finely it draws. */
export class Drawing {
  private drawn = Number.NEGATIVE_INFINITY
  private rest: ReturnType<typeof setTimeout> | undefined

  /** @param slow Whether no graphics chip is at work: then forms are drawn coarser, so that they still move smoothly.
      @param redraw Asks for one more picture. */
  constructor(
    readonly gl: WebGLRenderer,
    readonly slow: boolean,
    private readonly redraw: () => void,
  ) {}

  render(scene: Scene, camera: Camera, now: number): void {
    if (this.slow) this.sharpen(now)
    this.gl.render(scene, camera)
  }

  /** Fewer pixels as long as it moves, and all of them once it rests. */
  private sharpen(now: number): void {
    const { clientWidth: width, clientHeight: height } = this.gl.domElement
    const moves = now - this.drawn < REST_MS
    const ratio = moves ? Math.min(Math.sqrt(MOVING_PIXELS / Math.max(width * height, 1)), 1) : 1
    if (ratio !== this.gl.getPixelRatio()) this.gl.setPixelRatio(ratio)
    this.drawn = now
    clearTimeout(this.rest)
    if (ratio < 1) this.rest = setTimeout(this.redraw, REST_MS)
  }

  dispose(): void {
    clearTimeout(this.rest)
    this.gl.dispose()
  }
}

/** Draws on a canvas with a clear ground.
    @throws FigureUnavailable where the browser cannot draw in 3D. */
export function drawingOn(canvas: HTMLCanvasElement, mostPixelRatio: number, redraw: () => void): Drawing {
  // Shaders work in the screen's own values, see `readPalette`.
  ColorManagement.enabled = false
  const ratio = Math.min(window.devicePixelRatio || 1, mostPixelRatio)
  const slow = drawnBySoftware()
  try {
    // Many pixels need no smoothing of edges, and without a graphics chip it costs half of the time.
    const made = new WebGLRenderer({ canvas, antialias: ratio < 2 && !slow, alpha: true })
    made.outputColorSpace = LinearSRGBColorSpace
    made.setPixelRatio(slow ? 1 : ratio)
    made.setClearColor(0, 0)
    return new Drawing(made, slow, redraw)
  } catch (error) {
    throw new FigureUnavailable('This browser cannot draw in 3D: WebGL 2 is missing or switched off.', {
      cause: error,
    })
  }
}

/** Whether there is no graphics chip at work; asked of a context of its own, since a canvas keeps its first one. */
function drawnBySoftware(): boolean {
  const gl = document.createElement('canvas').getContext('webgl2')
  if (!gl) throw new FigureUnavailable('This browser cannot draw in 3D: WebGL 2 is missing or switched off.')
  const names = gl.getExtension('WEBGL_debug_renderer_info')
  const name = String(gl.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : gl.RENDERER))
  gl.getExtension('WEBGL_lose_context')?.loseContext()
  return SOFTWARE.test(name)
}
