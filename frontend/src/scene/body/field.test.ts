import { describe, expect, it } from 'vitest'
import { type Point, Union, ellipsoid, plate } from './field'

const [a, b, c]: Point[] = [
  [0, 0, 0],
  [0.1, 0, 0.02],
  [0.03, 0.08, -0.01],
]
const radius = 0.004

/** The nearest of many places of the triangle. */
function nearest(x: number, y: number, z: number): number {
  let least = Infinity
  const steps = 120
  for (let i = 0; i <= steps; i++)
    for (let k = 0; k + i <= steps; k++) {
      const [u, v] = [i / steps, k / steps]
      const at = [0, 1, 2].map((axis) => a![axis]! + u * (b![axis]! - a![axis]!) + v * (c![axis]! - a![axis]!))
      least = Math.min(least, Math.hypot(x - at[0]!, y - at[1]!, z - at[2]!))
    }
  return least
}

describe('a plate', () => {
  it.each([false, true])('is as far away as the nearest of its places, whichever way round (%s)', (turned) => {
    const made = turned ? plate(0, a!, c!, b!, radius) : plate(0, a!, b!, c!, radius)
    const places: Point[] = [
      [0.04, 0.03, 0.05],
      [0.04, 0.02, -0.03],
      [-0.05, -0.02, 0.01],
      [0.15, 0.01, 0.02],
      [0.09, 0.08, 0.03],
      [0.02, 0.12, -0.04],
    ]
    for (const [x, y, z] of places)
      expect(made.distance(x, y, z)).toBeCloseTo(nearest(x, y, z) - radius, 3)
  })
})

describe('a union', () => {
  it('has what it was given on either side, as if in a mirror', () => {
    const ball = ellipsoid(0, [0, 0.2, 0], [0.05, 0.05, 0.05])
    const egg = ellipsoid(0, [0, 0.2, 0], [0.05, 0.09, 0.05])
    const alike = new Union([ball])
    const unlike = new Union([ball], [egg])
    expect(alike.at(0, -0.27, 0)).toBeCloseTo(alike.at(0, 0.27, 0), 12)
    expect(unlike.at(0, 0.27, 0)).toBeGreaterThan(0)
    expect(unlike.at(0, -0.27, 0)).toBeLessThan(0)
  })
})
