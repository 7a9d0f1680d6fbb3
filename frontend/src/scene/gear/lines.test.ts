import { Vector3 } from 'three'
import { describe, expect, it } from 'vitest'
import { lengthOf } from '../tubes'
import { LINE_POINTS, hung, sag, section, strandsOf } from './lines'

const left = new Vector3(0, -0.4, 1.4)
const right = new Vector3(0.3, 0.5, 1.6)

describe('a band', () => {
  it('is straight when taut', () => {
    expect(lengthOf(hung(left, right, 1.6))).toBeCloseTo(left.distanceTo(right), 9)
  })

  it.each([0.5, 0.7, 0.9])('hangs by its spare length when its stretch is %d', (stretch) => {
    const line = hung(left, right, stretch)
    const rest = left.distanceTo(right) / stretch
    // Few straight pieces are a little shorter than the chain that they follow.
    expect(lengthOf(line) / rest).toBeGreaterThan(0.97)
    expect(lengthOf(line) / rest).toBeLessThanOrEqual(1.001)
  })

  it('keeps its ends when it hangs', () => {
    const line = hung(left, right, 0.6)
    expect(line[0]!.distanceTo(left)).toBeLessThan(1e-9)
    expect(line[LINE_POINTS - 1]!.distanceTo(right)).toBeLessThan(1e-6)
  })

  it('sags the deeper the slacker it is', () => {
    const depth = (stretch: number) =>
      Math.max(
        ...Array.from({ length: 21 }, (_, i) => sag(left, right, left.distanceTo(right) / stretch)(i / 20)),
      )
    expect(depth(0.5)).toBeGreaterThan(depth(0.7))
    expect(depth(0.7)).toBeGreaterThan(depth(0.95))
  })

  it('lies on the floor rather than under it', () => {
    const low = hung(new Vector3(0, 0, 0.1), new Vector3(1, 0, 0.1), 0.4)
    expect(Math.min(...low.map((p) => p.z))).toBeGreaterThanOrEqual(0.008)
  })

  it('keeps its volume as it stretches', () => {
    const { wide, thick } = section(1)
    for (const stretch of [1.3, 2, 3]) {
      const now = section(stretch)
      expect(now.wide * now.thick * stretch).toBeCloseTo(wide * thick, 12)
    }
  })

  it('shows each of its strands', () => {
    expect([
      strandsOf('single', 1),
      strandsOf('single', 2),
      strandsOf('folded', 1),
      strandsOf('strand', 1),
      strandsOf(null, 2),
    ]).toEqual([2, 1, 4, 1, 1])
  })
})
