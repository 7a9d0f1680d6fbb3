import { Vector3 } from 'three'
import { describe, expect, it } from 'vitest'
import { coded, example } from './example'
import { between, decode, sample, track, value } from './repetition'

const places = [
  [10, -20, 1500],
  [12, -20, 1490],
  [19, -25, 1400],
]

describe('a coded path', () => {
  it('gives back every place to the millimetre', () => {
    const found = track(coded(places), 3)
    for (let phase = 0; phase < 3; phase++)
      expect([...found.slice(phase * 3, phase * 3 + 3)].map((m) => Math.round(m * 1000))).toEqual(
        places[phase],
      )
  })

  it('stays where it is when its changes run out', () => {
    expect([...track([[5, 2], [7], [9]], 3)].map((m) => Math.round(m * 1000))).toEqual([
      5, 7, 9, 7, 7, 9, 7, 7, 9,
    ])
  })
})

describe('sampling', () => {
  const found = track(coded(places), 3)

  it('is exact at the samples', () => {
    for (let phase = 0; phase < 3; phase++)
      expect(sample(found, phase / 2).toArray()).toEqual([...found.slice(phase * 3, phase * 3 + 3)])
  })

  it('is exact at each of 51 samples, whatever the last bits of the phase', () => {
    for (let index = 0; index <= 50; index++) {
      const { index: at, share } = between(index / 50, 51)
      expect(at + share).toBe(index)
    }
  })

  it('lies half way between two samples in the middle of them', () => {
    const half = sample(found, 0.25)
    const mean = sample(found, 0).add(sample(found, 0.5)).multiplyScalar(0.5)
    expect(half.distanceTo(mean)).toBeLessThan(1e-6)
  })

  it('takes phases beyond the ends as the ends', () => {
    expect(sample(found, 2).toArray()).toEqual(sample(found, 1).toArray())
    expect(value([1, 4, 9], -1)).toBe(1)
    expect(value([1, 4, 9], 0.75)).toBe(6.5)
  })
})

describe('a mirrored repetition', () => {
  it('has every muscle on both sides, with y turned round', () => {
    const muscles = decode(example()).muscles
    const [right, left] = ['r', 'l'].map((side) => muscles.find((m) => m.id === `biceps_long_${side}`)!)
    expect(muscles).toHaveLength(6)
    expect(sample(left!.line[1]!, 0.3)).toEqual(sample(right!.line[1]!, 0.3).multiply(new Vector3(1, -1, 1)))
  })
})
