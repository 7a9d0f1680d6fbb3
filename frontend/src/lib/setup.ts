/** Changes of a set-up; each gives a new one. */
import type { Alternative, Band, BandLoad, End, Exercise, Load, Person, Point, Rig, SetUp } from '../api/types'

export const FIRST_EXERCISE = 'bent-over-band-row'
export const FIRST_PERSON: Person = { sex: 'male', stature_m: 1.8, mass_kg: 80 }

export const STATURE_M = [1.2, 2.3] as const
export const MASS_KG = [30, 250] as const

/** An exercise with its usual loads. */
export const plainSetup = (exercise: string, person: Person): SetUp => ({ exercise, person, strength_curve: 'computed' })

export const withPerson = (setup: SetUp, change: Partial<Person>): SetUp => ({ ...setup, person: { ...setup.person, ...change } })

export function withLoad(setup: SetUp, index: number, change: Partial<Load>): SetUp {
  const load = (setup.load ?? []).map((one, at) => (at === index ? cleaned({ ...one, ...change } as Load) : one))
  return { ...setup, load }
}

/** Fields set to nothing are left out, since the server takes absence as its own choice. */
function cleaned(load: Load): Load {
  return Object.fromEntries(Object.entries(load).filter(([, value]) => value !== undefined && value !== null)) as Load
}

export const withoutLoad = (setup: SetUp, index: number): SetUp => ({
  ...setup,
  load: (setup.load ?? []).filter((_, at) => at !== index),
})

/** One more load beside the others: a band like the first one, or a weight in the same hand. */
export function withMore(setup: SetUp, kind: 'band' | 'weight', bands: readonly Band[]): SetUp {
  const load = setup.load ?? []
  const to = load.find((one) => 'to' in one && one.to)
  const hand = to && 'to' in to && to.to !== 'wrists' && to.to !== 'knee_r' ? to.to : 'hands'
  const like = load.find((one): one is BandLoad => one.kind === 'band')
  const id = freeId(load, kind)
  const more: Load =
    kind === 'weight'
      ? { id, kind, mass_kg: 5, to: hand, ...(hand === 'hands' ? { count: 2 } : {}) }
      : like
        ? { ...like, id }
        : { id, kind, band: bands.find((one) => one.kind === 'loop')?.id ?? 'rogue-monster-0', from: { x_m: 1.5, z_m: 1 }, to: hand }
  return { ...setup, load: [...load, more] }
}

function freeId(load: readonly Load[], kind: string): string {
  const used = new Set(load.map((one) => one.id))
  if (!used.has(kind)) return kind
  let number = 2
  while (used.has(`${kind}-${number}`)) number += 1
  return `${kind}-${number}`
}

export const isPoint = (end: End): end is Point => typeof end === 'object'

/** Height of an anchor [m]; some are written as a share of the person's stature. */
export const anchorHeight = (point: Point, stature_m: number): number => point.z_m ?? (point.z_stature ?? 0) * stature_m

export function anchorAt(point: Point, change: { x_m?: number; y_m?: number; z_m?: number }): Point {
  const next = { ...point, ...change }
  if (change.z_m !== undefined) delete next.z_stature
  return next
}

/** Where a band is hooked; a point keeps the place a person last gave it. */
export function withOrigin(load: BandLoad, place: string): Partial<BandLoad> {
  if (place !== 'point') return { from: place as End }
  return { from: isPoint(load.from) ? load.from : { x_m: 1.5, z_m: 1 } }
}

const isOpen = (band: Band | undefined): boolean => band?.kind === 'sheet' || band?.kind === 'tube'

/** Ways to use a band; end to end needs two of it. */
export const rigsOf = (band: Band | undefined, count: number): Rig[] => [
  ...(isOpen(band) ? (['strand', 'folded', 'choked'] as const) : (['single', 'folded', 'hitched', 'choked'] as const)),
  ...(count > 1 ? (['series'] as const) : []),
]

export const rigOf = (load: BandLoad, band: Band | undefined): Rig => load.rig ?? (isOpen(band) ? 'strand' : 'single')

/** A way to use the band; one that is gripped short needs to be told how short. */
export function withRig(load: BandLoad, rig: Rig): Partial<BandLoad> {
  if (rig === 'choked') return { rig, free_length_m: load.free_length_m ?? 0.6 }
  return { rig, free_length_m: rig === 'strand' ? load.free_length_m : undefined }
}

/** Another band in the same place; a rig that it cannot have is left to the server's choice. */
export function withBand(load: BandLoad, band: Band): Partial<BandLoad> {
  const kept = load.rig && rigsOf(band, load.count ?? 1).includes(load.rig)
  return { band: band.id, law: undefined, readings: undefined, ...(kept || !load.rig ? {} : { rig: undefined }) }
}

/** A listed band as readings of a scale, to be put right by the person's own; nothing without known forces. */
export function readingsOf(band: Band): Pick<BandLoad, 'readings' | 'rest_length_m'> | undefined {
  const strands = isOpen(band) ? 1 : 2
  const readings = [1.5, 2].flatMap((stretch) => {
    const known = band.forces.find((one) => one.stretch === stretch)
    return known ? [{ length_m: known.length_m, force_n: Math.round(10 * known.force_n) / 10, strands }] : []
  })
  return readings.length ? { rest_length_m: band.rest_length_m, readings } : undefined
}

/** A listed band in its place as its readings. */
export function weighed(load: BandLoad, band: Band): Partial<BandLoad> | undefined {
  const readings = readingsOf(band)
  return readings && { band: undefined, rig: rigOf(load, band), ...readings }
}

/** Back from one's own readings to a listed band. */
export const listed = (band: Band): Partial<BandLoad> => ({ band: band.id, readings: undefined, rest_length_m: undefined, curve: undefined })

/** The next band up or down of the same kind and maker, by how hard it pulls. */
export function neighbour(bands: readonly Band[], id: string, steps: 1 | -1): Band | undefined {
  const now = bands.find((one) => one.id === id)
  if (!now) return undefined
  const pull = (one: Band) => one.force_at_double_n ?? 0
  const line = bands
    .filter((one) => one.kind === now.kind && one.brand === now.brand)
    .sort((a, b) => pull(a) - pull(b))
  return line[line.indexOf(now) + steps]
}

/** An alternative as a set-up: its usual loads, with the weight that is as hard at its hardest place. */
export function alternativeSetup(one: Alternative, exercise: Exercise, person: Person): SetUp {
  const plain = plainSetup(exercise.id, person)
  const mass = one.values['alternative_load_kg']
  const usual = exercise.setup.load ?? []
  const [load] = usual
  if (typeof mass !== 'number' || usual.length !== 1) return plain
  return load?.kind === 'weight' ? { ...plain, load: [{ ...load, mass_kg: Math.max(0.5, Math.round(2 * mass) / 2) }] } : plain
}

/** Whether two set-ups move the same body alike, whatever pulls on it. */
export const sameBody = (a: SetUp, b: SetUp): boolean =>
  a.exercise === b.exercise && JSON.stringify(a.person) === JSON.stringify(b.person)

/** The arm that works, as the loads tell; the right one where both do. */
export const workingSide = (setup: SetUp): 'r' | 'l' =>
  setup.load?.length && setup.load.every((one) => 'to' in one && one.to === 'hand_l') ? 'l' : 'r'

/** Whether an answer to one set-up may stand in for another for a moment. */
export const sameMovement = (a: SetUp, b: SetUp): boolean =>
  a.exercise === b.exercise && (a.load?.length ?? 0) === (b.load?.length ?? 0)
