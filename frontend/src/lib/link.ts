/** A set-up as part of an address, and back: readable, versioned, and whole. */
import type { SetUp } from '../api/types'

export const VERSION = '1'

/** Why an address cannot be read. */
export class BrokenLink extends Error {}

type Plain = string | number | boolean | null | Plain[] | { [key: string]: Plain }
type Table = { [key: string]: Plain }

/** The set-up as `v=1&exercise=…&person.sex=…&load.0.kind=…`; empty fields are left out. */
export function encodeSetup(setup: SetUp): string {
  const { pull, ...rest } = setup
  const table = { ...rest, ...(pull?.length ? { pull } : {}) } as unknown as Table
  const pairs = flatten(table).map(([key, value]) => `${key}=${escaped(value)}`)
  return [`v=${VERSION}`, ...pairs].join('&')
}

/**
 * The set-up in an address.
 * @throws BrokenLink when it is of another version or not a set-up.
 */
export function decodeSetup(query: string): SetUp {
  const pairs = query.split('&').filter(Boolean).map(pair)
  const version = pairs.find(([key]) => key === 'v')?.[1]
  if (version !== VERSION)
    throw new BrokenLink(`This link is of version ${version || '?'}; this Bandwright reads version ${VERSION}.`)
  const table: Table = {}
  for (const [key, value] of pairs) if (key !== 'v') put(table, key.split('.'), value)
  return checked(table)
}

function flatten(value: Plain, path: string[] = []): [string, string][] {
  if (value === null || value === undefined) return []
  if (typeof value !== 'object') return [[path.join('.'), String(value)]]
  return Object.entries(value).flatMap(([key, inner]) => flatten(inner, [...path, key]))
}

function pair(text: string): [string, string] {
  const at = text.indexOf('=')
  if (at < 1) throw new BrokenLink(`A part of this link cannot be read: '${text}'.`)
  try {
    return [text.slice(0, at), decodeURIComponent(text.slice(at + 1))]
  } catch {
    throw new BrokenLink(`A part of this link cannot be read: '${text}'.`)
  }
}

/** Keys under which a number stands; every other value is a word, even where it looks like a number. */
const NUMBER = /(_m|_kg|_n|_s|_stature)$|^(count|strands|a|phase|stretch)$/
const KEY = /^[a-z][a-z0-9_]*$/
const INDEX = /^\d{1,2}$/

function put(table: Table, path: string[], value: string): void {
  let here: Plain[] | Table = table
  path.forEach((key, depth) => {
    const last = depth === path.length - 1
    const listed = Array.isArray(here)
    if (!(listed ? INDEX : KEY).test(key)) throw new BrokenLink(`A part of this link cannot be read: '${path.join('.')}'.`)
    const inside = here as Record<string, Plain>
    if (last) inside[key] = NUMBER.test(key) ? figure(value, path) : value
    else inside[key] ??= INDEX.test(path[depth + 1] ?? '') ? [] : {}
    const next = inside[key]
    if (!last && (typeof next !== 'object' || next === null))
      throw new BrokenLink(`A part of this link cannot be read: '${path.join('.')}'.`)
    if (!last) here = next as Table
  })
}

function figure(value: string, path: string[]): number {
  const read = Number(value)
  if (value.trim() === '' || !Number.isFinite(read))
    throw new BrokenLink(`'${path.join('.')}' in this link should be a number, not '${value}'.`)
  return read
}

function checked(table: Table): SetUp {
  const person = table['person']
  const whole = typeof table['exercise'] === 'string' && typeof person === 'object' && person !== null
  if (!whole) throw new BrokenLink('This link names no exercise or no person.')
  const lists = [table['load'], table['pull']].filter((list) => list !== undefined)
  if (!lists.every((list) => Array.isArray(list) && Array.from(list).every((one) => typeof one === 'object')))
    throw new BrokenLink('The loads of this link cannot be read.')
  return table as unknown as SetUp
}

/** What a fragment may hold unescaped stays readable. */
const escaped = (text: string): string => encodeURIComponent(text).replaceAll('%2C', ',')
