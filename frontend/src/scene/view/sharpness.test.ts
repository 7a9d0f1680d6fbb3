import { Vector2, type WebGLRenderer } from 'three'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { PIXELS, REST_MS, Sharpness } from './sharpness'

/** What of a renderer has to do with its pixels; notes how many a picture has. */
function drawing(width: number, height: number) {
  let ratio = 1
  const pictures: number[] = []
  const changes: number[] = []
  const gl = {
    getSize: (size: Vector2) => size.set(width, height),
    getPixelRatio: () => ratio,
    setPixelRatio(next: number) {
      ratio = next
      changes.push(next)
    },
  } as unknown as WebGLRenderer
  const draw = () => pictures.push(Math.floor(width * ratio) * Math.floor(height * ratio))
  const sharpness = new Sharpness(gl, draw)
  const moved = () => {
    sharpness.move()
    draw()
  }
  return { sharpness, moved, pictures, changes }
}

describe('sharpness', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is less while something moves, and whole again once it rests', () => {
    const { sharpness, moved, pictures } = drawing(900, 700)
    moved()
    moved()
    sharpness.rest()
    vi.advanceTimersByTime(REST_MS - 1)
    expect(pictures).toHaveLength(2)
    expect(Math.max(...pictures)).toBeLessThanOrEqual(PIXELS)
    expect(Math.min(...pictures)).toBeGreaterThan(0.98 * PIXELS)
    vi.advanceTimersByTime(1)
    expect(pictures.slice(2)).toEqual([900 * 700])
    vi.advanceTimersByTime(10 * REST_MS)
    expect(pictures).toHaveLength(3)
  })

  it('waits anew after every picture', () => {
    const { sharpness, moved, pictures } = drawing(900, 700)
    for (let i = 0; i < 5; i++) {
      moved()
      sharpness.rest()
      vi.advanceTimersByTime(REST_MS - 1)
    }
    expect(Math.max(...pictures)).toBeLessThanOrEqual(PIXELS)
    vi.advanceTimersByTime(1)
    expect(pictures.at(-1)).toBe(900 * 700)
  })

  it('leaves a small picture as it is', () => {
    const { sharpness, moved, pictures, changes } = drawing(390, 400)
    moved()
    sharpness.rest()
    vi.advanceTimersByTime(10 * REST_MS)
    expect(pictures).toEqual([390 * 400])
    expect(changes).toEqual([])
  })

  it('draws no more once the figure is gone', () => {
    const { sharpness, moved, pictures } = drawing(900, 700)
    moved()
    sharpness.rest()
    sharpness.dispose()
    vi.advanceTimersByTime(10 * REST_MS)
    expect(pictures).toHaveLength(1)
  })
})
