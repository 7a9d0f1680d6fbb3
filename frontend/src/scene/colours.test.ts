import type { Color } from 'three'
import { describe, expect, it } from 'vitest'
import { level, muscleColour, muscleScale, oklch } from './colours'

/** CIE lightness L* of a colour of the screen: another measure than the one the scale is made by. */
function lightness(c: Color): number {
  const linear = (v: number) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
  const y = 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b)
  return y > 0.008856 ? 116 * Math.cbrt(y) - 16 : 903.3 * y
}

describe.each([
  ['light', false, -1],
  ['dark', true, 1],
] as const)('the muscle scale on a %s ground', (_name, dark, way) => {
  const scale = muscleScale(dark)
  const shades = Array.from({ length: 41 }, (_, i) => lightness(muscleColour(scale, (i / 40) ** 2)))

  it('goes one way in lightness, so that it reads without colour', () => {
    for (let i = 1; i < shades.length; i++) expect(way * (shades[i]! - shades[i - 1]!)).toBeGreaterThan(0)
  })

  it('takes even steps', () => {
    const steps = shades.slice(1).map((shade, i) => way * (shade - shades[i]!))
    expect(Math.max(...steps) / Math.min(...steps)).toBeLessThan(1.8)
  })

  it('spans a wide range', () => {
    expect(Math.abs(shades[40]! - shades[0]!)).toBeGreaterThan(40)
  })
})

describe('places on the scale', () => {
  it('are spaced by roots and stay within it', () => {
    expect([level(-1), level(0.25), level(1), level(3)]).toEqual([0, 0.5, 1, 1])
  })
})

it('OKLCH without chroma is grey, from black to white', () => {
  for (const share of [0, 0.5, 1]) {
    const { r, g, b } = oklch(share, 0, 0)
    expect(Math.max(r, g, b) - Math.min(r, g, b)).toBeLessThan(2e-3)
  }
  expect(oklch(1, 0, 0).r).toBeCloseTo(1, 3)
  expect(oklch(0, 0, 0).r).toBe(0)
})
