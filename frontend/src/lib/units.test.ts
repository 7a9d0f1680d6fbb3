import { describe, expect, it } from 'vitest'
import { forceWords, GRAVITY_M_S2, lengthWords, massWords, retold, statureWords, stepOf, stepped, type Units } from './units'

const kg: Units = { system: 'metric', forces: 'feel' }

describe('words', () => {
  it('says forces as they feel', () => {
    expect(forceWords(4.1 * GRAVITY_M_S2, kg)).toBe('4.1 kg')
    expect(forceWords(4 * GRAVITY_M_S2, kg)).toBe('4 kg')
    expect(forceWords(31.4 * GRAVITY_M_S2, kg)).toBe('31 kg')
    expect(forceWords(9.96 * GRAVITY_M_S2, kg)).toBe('10 kg')
  })

  it('says newtons one tap deeper', () => {
    expect(forceWords(123.4, { ...kg, forces: 'newtons' })).toBe('123 N')
    expect(forceWords(123.4, { system: 'imperial', forces: 'newtons' })).toBe('123 N')
  })

  it('says pounds, inches and feet', () => {
    expect(forceWords(10 * GRAVITY_M_S2, { system: 'imperial', forces: 'feel' })).toBe('22 lb')
    expect(lengthWords(0.55, 'imperial')).toBe('21.5 in')
    expect(statureWords(1.8, 'imperial')).toBe('5 ft 11 in')
    expect(statureWords(1.8288, 'imperial')).toBe('6 ft 0 in')
    expect(massWords(16, 'imperial')).toBe('35.3 lb')
  })

  it('says centimetres', () => {
    expect(lengthWords(0.55, 'metric')).toBe('55 cm')
    expect(statureWords(1.655, 'metric')).toBe('166 cm')
  })
})

describe('steps', () => {
  it('go by 5 cm and land on round figures', () => {
    expect(stepped(0.55, 1, stepOf('length', 'metric'), [0, 6])).toBe(0.6)
    expect(stepped(0.57, 1, 0.05, [0, 6])).toBe(0.6)
    expect(stepped(0.57, -1, 0.05, [0, 6])).toBe(0.55)
    expect(stepped(1.1, 10, 0.05, [0, 6])).toBe(1.6)
  })

  it('go back to where they came from', () => {
    for (const system of ['metric', 'imperial'] as const)
      for (const quantity of ['length', 'stature', 'mass', 'force'] as const) {
        const step = stepOf(quantity, system)
        const start = stepped(1.7, 3, step, [0, 500])
        expect(stepped(stepped(start, 1, step, [0, 500]), -1, step, [0, 500])).toBeCloseTo(start, 3)
      }
  })

  it('stop at the limits', () => {
    expect(stepped(2.3, 1, 0.01, [1.2, 2.3])).toBe(2.3)
    expect(stepped(0.05, -1, 0.05, [0.05, 6])).toBe(0.05)
  })
})

describe('a sentence in metric units', () => {
  it('is told in pounds and inches to those who want them', () => {
    expect(retold('Hook it 20 cm above the floor, 1.4 m ahead.', 'imperial')).toBe('Hook it 8 in above the floor, 55 in ahead.')
    expect(retold('Take a dumbbell of 24 kg or 2.5 kg plates', 'imperial')).toBe('Take a dumbbell of 53 lb or 5.5 lb plates')
    expect(retold('Heights of 10, 100 and 200 cm; a bench at 35 degrees', 'imperial')).toBe(
      'Heights of 4, 39.5 and 78.5 in; a bench at 35 degrees',
    )
  })

  it('stays as it is for everybody else, and where there is nothing to tell', () => {
    expect(retold('About 24 kg more', 'metric')).toBe('About 24 kg more')
    expect(retold('2 bands, 1.6 times as strong', 'imperial')).toBe('2 bands, 1.6 times as strong')
  })
})
