import { describe, expect, it } from 'vitest'
import type { SetUp } from '../api/types'
import { BrokenLink, decodeSetup, encodeSetup } from './link'

const ROW: SetUp = {
  exercise: 'bent-over-band-row',
  intent: 'strength-and-size',
  strength_curve: 'computed',
  person: { sex: 'female', stature_m: 1.655, mass_kg: 60 },
  load: [
    { id: 'band', kind: 'band', band: 'rogue-monster-3', rig: 'choked', from: 'feet', to: 'hands', free_length_m: 0.55 },
    { id: '2', kind: 'weight', mass_kg: 7.5, to: 'hand_r' },
    { id: 'far', kind: 'band', band: 'my band & co = 100 %', from: { x_m: -1.4, y_m: 0.2, z_stature: 0.45 } },
    {
      id: 'own',
      kind: 'band',
      law: { table: [{ stretch: 1.2, tension_n: 8 }, { stretch: 1.5, tension_n: 14 }], rest_length_m: 1, strands: 2 },
      from: 'wrists',
      to: 'wrists',
    },
  ],
}

describe('a set-up in an address', () => {
  it('comes back as it went', () => {
    expect(decodeSetup(encodeSetup(ROW))).toEqual(ROW)
  })

  it('keeps measured pulls and tempo', () => {
    const measured: SetUp = {
      ...ROW,
      strength_curve: 'measured',
      tempo: { lift_s: 1, hold_s: 0, lower_s: 2 },
      pull: [{ phase: 0, force_n: 300 }, { phase: 0.5, force_n: 180 }, { phase: 1, force_n: 220.5 }],
    }
    expect(decodeSetup(encodeSetup(measured))).toEqual(measured)
  })

  it('leaves out what is empty', () => {
    expect(encodeSetup({ ...ROW, load: null, tempo: null, pull: [] })).not.toMatch(/load|tempo|pull/)
  })

  it('keeps an id that looks like a number a word', () => {
    expect(decodeSetup(encodeSetup(ROW)).load?.[1]?.id).toBe('2')
  })

  it.each([
    ['another version', 'v=2&exercise=x'],
    ['no version', 'exercise=x'],
    ['a word for a number', 'v=1&exercise=x&person.stature_m=tall'],
    ['no person', 'v=1&exercise=x'],
    ['no exercise', 'v=1&person.sex=male'],
    ['half a pair', 'v=1&exercise'],
    ['a broken escape', 'v=1&exercise=%E0%A4%A'],
    ['loads that are words', 'v=1&exercise=x&person.sex=male&load=band'],
    ['a way into the language', 'v=1&exercise=x&person.sex=male&__proto__.x=1'],
    ['a list that is a word', 'v=1&exercise=x&person=me&person.sex=male'],
  ])('refuses %s', (_, query) => {
    expect(() => decodeSetup(query)).toThrow(BrokenLink)
  })
})
