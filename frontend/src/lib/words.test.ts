import { describe, expect, it } from 'vitest'
import { told } from './words'

const say = (curve: (number | null)[]) => told('Load', curve, (value) => value.toFixed(0), 'kg')

describe('a curve in words', () => {
  it('rises, falls, turns or stays', () => {
    expect(say([4, 10, 31])).toBe('Load rises from 4 to 31 kg')
    expect(say([31, 10, 4])).toBe('Load falls from 31 to 4 kg')
    expect(say([30, 14, 26])).toBe('Load goes 30 → 14 → 26 kg')
    expect(say([10, 10, 10.1])).toBe('Load stays at 10 kg')
  })

  it('passes over small turns', () => {
    expect(say([10, 30, 29.5])).toBe('Load rises from 10 to 30 kg')
  })

  it('knows a curve without a limit', () => {
    expect(say([null, null])).toBe('Load has no limit here')
  })
})
