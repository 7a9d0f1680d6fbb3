import { describe, expect, it } from 'vitest'
import { added, edited, heightsWords, isBare, isGear, NOTHING, removed, withProduct } from './gear'

const LOOP = { product: 'rogue-monster-1', count: 1 }

describe('gear', () => {
  it('gives everything a name of its own', () => {
    const twice = added(added(NOTHING, 'band', LOOP, 'loop'), 'band', LOOP, 'loop')
    expect(twice.band?.map((one) => one.id)).toEqual(['loop', 'loop-2'])
    expect(added(removed(twice, 'band', 'loop'), 'band', LOOP, 'loop').band?.map((one) => one.id)).toEqual(['loop-2', 'loop'])
  })

  it('changes one thing and leaves out what is set to nothing', () => {
    const gear = edited(added(NOTHING, 'band', LOOP, 'loop'), 'band', 'loop', { product: undefined, rest_length_m: 1 })
    expect(gear.band).toEqual([{ id: 'loop', count: 1, rest_length_m: 1 }])
    expect(NOTHING.band).toEqual([])
  })

  it('calls a band as the list does', () => {
    const own = { rest_length_m: 1, readings: [{ length_m: 1.5, force_n: 40, strands: 2 }] }
    const gear = added(added(NOTHING, 'band', LOOP, 'rogue-monster-1'), 'band', own, 'own-band')
    const listed = withProduct(gear, 'own-band', 'rogue-monster-1')
    expect(listed.band).toEqual([{ ...LOOP, id: 'rogue-monster-1' }, { product: 'rogue-monster-1', id: 'rogue-monster-1-2' }])
    expect(withProduct(listed, 'rogue-monster-1', 'rogue-monster-1')).toEqual(listed)
  })

  it('is bare without bands, weights and bar', () => {
    expect(isBare(NOTHING)).toBe(true)
    expect(isBare(added(NOTHING, 'anchor', { heights_m: [1] }, 'door'))).toBe(true)
    expect(isBare({ ...NOTHING, have: { pull_up_bar: true, bench: false } })).toBe(false)
    expect(isBare(added(NOTHING, 'band', LOOP, 'loop'))).toBe(false)
  })

  it('knows what was kept from what was not', () => {
    expect(isGear(JSON.parse(JSON.stringify(NOTHING)))).toBe(true)
    for (const wrong of [undefined, null, 3, {}, { ...NOTHING, band: 'many' }, { ...NOTHING, room: {} }]) expect(isGear(wrong)).toBe(false)
  })

  it('tells heights', () => {
    const words = (length_m: number) => `${100 * length_m} cm`
    expect(heightsWords([0.1, 1, 2], words)).toBe('10 cm, 100 cm and 200 cm')
    expect(heightsWords([1], words)).toBe('100 cm')
    expect(heightsWords({ min: 0.1, max: 2 }, words)).toBe('10 cm to 200 cm')
  })
})
