import { describe, expect, it } from 'vitest'
import type { Alternative, Band, BandLoad, Exercise, Point, SetUp } from '../api/types'
import { alternativeSetup, anchorAt, anchorHeight, listed, neighbour, rigsOf, weighed, withBand, withLoad, withMore, withoutLoad, withRig } from './setup'

const person = { sex: 'male', stature_m: 1.8, mass_kg: 80 } as const
const band: BandLoad = { id: 'band', kind: 'band', band: 'b', rig: 'choked', from: 'feet', to: 'hands', free_length_m: 0.5 }
const row: SetUp = { exercise: 'row', person, load: [band] }
const product = (id: string, kind: string, force: number) => ({ id, kind, brand: 'x', force_at_double_n: force }) as Band

describe('changes of a set-up', () => {
  it('leave the one before as it was', () => {
    const next = withLoad(row, 0, { free_length_m: 0.6 })
    expect(next.load?.[0]).toMatchObject({ free_length_m: 0.6 })
    expect(row.load?.[0]).toBe(band)
  })

  it('leave out what is nothing', () => {
    expect(withLoad(row, 0, { rig: undefined }).load?.[0]).not.toHaveProperty('rig')
  })

  it('turn a listed band into readings of a scale and back', () => {
    const forces = [1.25, 1.5, 2].map((stretch) => ({ stretch, length_m: stretch, force_n: 10 * stretch, known: true }))
    const loop = { ...product('b', 'loop', 20), rest_length_m: 2, forces } as Band
    const own = withLoad(row, 0, weighed(band, loop) ?? {})
    expect(own.load?.[0]).toEqual({
      ...band,
      band: undefined,
      rest_length_m: 2,
      readings: [{ length_m: 1.5, force_n: 15, strands: 2 }, { length_m: 2, force_n: 20, strands: 2 }],
    })
    expect(withLoad(own, 0, listed(loop)).load?.[0]).toEqual(band)
    expect(weighed(band, { ...loop, forces: [] })).toBeUndefined()
  })

  it('give every load its own id', () => {
    const more = withMore(withMore(withMore(row, 'band', []), 'band', []), 'weight', [])
    expect(new Set(more.load?.map((one) => one.id)).size).toBe(4)
    expect(withoutLoad(more, 1).load).toHaveLength(3)
  })

  it('hold a gripped band by a length, and forget it when gripped otherwise', () => {
    expect(withRig(band, 'single').free_length_m).toBeUndefined()
    expect(withRig({ ...band, free_length_m: undefined }, 'choked').free_length_m).toBeGreaterThan(0)
  })

  it('keep a rig only where the band can have it', () => {
    expect(withBand({ ...band, rig: 'hitched' }, product('s', 'sheet', 1))).toHaveProperty('rig', undefined)
    expect(withBand(band, product('l', 'loop', 1))).not.toHaveProperty('rig')
    expect(rigsOf(product('l', 'loop', 1), 1)).not.toContain('series')
    expect(rigsOf(product('l', 'loop', 1), 2)).toContain('series')
  })
})

describe('anchors', () => {
  it('stand at a share of the stature until they are moved', () => {
    const point: Point = { x_m: 1.7, z_stature: 0.5 }
    expect(anchorHeight(point, 1.8)).toBeCloseTo(0.9)
    expect(anchorAt(point, { x_m: 2 })).toEqual({ x_m: 2, z_stature: 0.5 })
    expect(anchorAt(point, { z_m: 1 })).toEqual({ x_m: 1.7, z_m: 1 })
  })
})

describe('neighbouring bands', () => {
  const bands = [product('c', 'loop', 30), product('a', 'loop', 10), product('b', 'loop', 20), product('s', 'sheet', 15)]

  it('are of one kind, by force, and end somewhere', () => {
    expect(neighbour(bands, 'a', 1)?.id).toBe('b')
    expect(neighbour(bands, 'b', 1)?.id).toBe('c')
    expect(neighbour(bands, 'c', 1)).toBeUndefined()
    expect(neighbour(bands, 'a', -1)).toBeUndefined()
    expect(neighbour(bands, '?', 1)).toBeUndefined()
  })
})

describe('an alternative', () => {
  const exercise = { id: 'db', setup: { load: [{ id: 'w', kind: 'weight', mass_kg: 10, count: 2 }] } } as unknown as Exercise
  const said = (mass: number | undefined): Alternative => ({ exercise: 'db', text: '', values: mass === undefined ? {} : { alternative_load_kg: mass } })

  it('opens with the weight that is as hard, to the half kilogram', () => {
    expect(alternativeSetup(said(8.51), exercise, person).load?.[0]).toMatchObject({ mass_kg: 8.5, count: 2 })
  })

  it('opens with its usual loads where none is named', () => {
    expect(alternativeSetup(said(undefined), exercise, person)).not.toHaveProperty('load')
  })
})
