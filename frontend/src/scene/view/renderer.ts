import { ColorManagement, LinearSRGBColorSpace, WebGLRenderer } from 'three'
import { FigureUnavailable } from '../types'
import { drawing } from './drawing'

interface Renderer {
  gl: WebGLRenderer
  /** Whether no graphics chip is at work: then forms are drawn coarser, so that they still move smoothly. */
  slow: boolean
}

/** A renderer on a canvas with a clear ground.
    @throws FigureUnavailable where the browser cannot draw in 3D. */
export function rendererOn(canvas: HTMLCanvasElement, mostPixelRatio: number): Renderer {
  // Shaders work in the screen's own values, see `readPalette`.
  ColorManagement.enabled = false
  const ratio = Math.min(window.devicePixelRatio || 1, mostPixelRatio)
  const slow = drawing() === 'software'
  try {
    // Many pixels need no smoothing of edges, and without a graphics chip it costs half of the time.
    const made = new WebGLRenderer({ canvas, antialias: ratio < 2 && !slow, alpha: true })
    made.outputColorSpace = LinearSRGBColorSpace
    made.setPixelRatio(slow ? 1 : ratio)
    made.setClearColor(0, 0)
    return { gl: made, slow }
  } catch (error) {
    throw new FigureUnavailable('This browser cannot draw in 3D: WebGL 2 is missing or switched off.', {
      cause: error,
    })
  }
}
