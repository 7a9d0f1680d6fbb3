import { describe, expect, it } from 'vitest'
import { CALM, length_s, played, timeOf } from './playback'

describe('the repetition in time', () => {
  it('starts and ends with the hands far, and holds at the finish', () => {
    expect(played(0, CALM).phase).toBe(0)
    expect(played(CALM.lift_s + CALM.hold_s / 2, CALM).phase).toBe(1)
    expect(played(length_s(CALM) - 1e-9, CALM).phase).toBeCloseTo(0)
  })

  it('counts repetitions', () => {
    expect(played(2.5 * length_s(CALM), CALM).done).toBe(2)
  })

  it('never jumps', () => {
    let last = 0
    for (let t = 0; t < 2 * length_s(CALM); t += 1 / 60) {
      const { phase } = played(t, CALM)
      expect(Math.abs(phase - last)).toBeLessThan(0.05)
      last = phase
    }
  })

  it('goes on from any phase', () => {
    for (const phase of [0, 0.1, 0.5, 0.93, 1]) expect(played(timeOf(phase, CALM), CALM).phase).toBeCloseTo(phase)
  })
})
