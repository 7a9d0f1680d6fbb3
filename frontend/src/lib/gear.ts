/** What a person owns, as the designer takes it; each change gives a new one. */
import type { Band, Gear, OwnedAnchor, OwnedBand, OwnedWeight } from '../api/types'

export const ROOM = { free_m: 2, ceiling_m: 2.4 }
export const NOTHING: Gear = { room: ROOM, band: [], weight: [], anchor: [], have: { pull_up_bar: false, bench: false } }

/** Least and most the server takes. */
export const FREE_M = [0.5, 20] as const
export const CEILING_M = [1.5, 10] as const
export const HEIGHT_M = [0, 4] as const
export const OWNED_KG = [0.5, 200] as const
export const COUNT = [1, 10] as const

/** Kinds of things that are owned in any number. */
export type Kind = 'band' | 'weight' | 'anchor'
type Thing<Of extends Kind> = Of extends 'band' ? OwnedBand : Of extends 'weight' ? OwnedWeight : OwnedAnchor

export const WEIGHTS: Record<OwnedWeight['kind'], string> = { dumbbell: 'Dumbbell', kettlebell: 'Kettlebell', 'barbell-plates': 'Barbell with plates' }

/** Whether what was kept in the browser still is what a person owns. */
export function isGear(value: unknown): value is Gear {
  const gear = value as Partial<Gear> | undefined
  const lists = [gear?.band, gear?.weight, gear?.anchor]
  return lists.every(Array.isArray) && typeof gear?.room?.free_m === 'number' && typeof gear.have === 'object'
}

/** Whether there is nothing to pull on or lift. */
export const isBare = (gear: Gear): boolean => !gear.band?.length && !gear.weight?.length && !gear.have?.pull_up_bar

export function added<Of extends Kind>(gear: Gear, kind: Of, thing: Omit<Thing<Of>, 'id'>, name: string): Gear {
  const list = (gear[kind] ?? []) as { id: string }[]
  return { ...gear, [kind]: [...list, { ...thing, id: free(list, name) }] }
}

export function edited<Of extends Kind>(gear: Gear, kind: Of, id: string, change: Partial<Thing<Of>>): Gear {
  const list = (gear[kind] ?? []) as { id: string }[]
  return { ...gear, [kind]: list.map((one) => (one.id === id ? given({ ...one, ...change }) : one)) }
}

/** Another band of the list in a band's place; it is called as the list calls it. */
export function withProduct(gear: Gear, id: string, product: string): Gear {
  const list = gear.band ?? []
  const others = list.filter((one) => one.id !== id)
  const known = { product, readings: undefined, rest_length_m: undefined, curve: undefined, id: free(others, product) }
  return edited(gear, 'band', id, known)
}

export function removed(gear: Gear, kind: Kind, id: string): Gear {
  const list = (gear[kind] ?? []) as { id: string }[]
  return { ...gear, [kind]: list.filter((one) => one.id !== id) }
}

/** Fields set to nothing are left out. */
const given = <Of extends object>(thing: Of): Of =>
  Object.fromEntries(Object.entries(thing).filter(([, value]) => value !== undefined && value !== null)) as Of

function free(list: readonly { id: string }[], name: string): string {
  const used = new Set(list.map((one) => one.id))
  let number = 1
  while (used.has(number === 1 ? name : `${name}-${number}`)) number += 1
  return number === 1 ? name : `${name}-${number}`
}

/** The long loop nearest to a middling pull: what most people buy first. */
export function usualBand(bands: readonly Band[]): Band | undefined {
  const pull = (one: Band) => Math.abs((one.force_at_double_n ?? 0) - 90)
  return bands.filter((one) => one.kind === 'loop' && !one.own).sort((a, b) => pull(a) - pull(b))[0]
}

/** Where bands are hooked at home. */
export const ANCHORS = {
  door: { name: 'Door', heights_m: [0.1, 1, 2] },
  pole: { name: 'Pole or rack, any height', heights_m: { min: 0.1, max: 2.2 } },
  low: { name: 'One low point', heights_m: [0.1] },
} as const
export type AnchorName = keyof typeof ANCHORS

/** Heights in words, e.g. "10, 100 and 200 cm" or "10 to 220 cm". */
export function heightsWords(heights: OwnedAnchor['heights_m'], words: (length_m: number) => string): string {
  if (!Array.isArray(heights)) return `${words(heights.min)} to ${words(heights.max)}`
  const each = heights.map(words)
  return each.length < 2 ? (each[0] ?? '') : `${each.slice(0, -1).join(', ')} and ${each.at(-1)}`
}
