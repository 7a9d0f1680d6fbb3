/** Up to three set-ups side by side; kept in this browser and in the address of their page. */
import type { SetUp } from '../api/types'
import { keep, kept } from '../lib/kept'
import { decodeSetup, encodeSetup } from '../lib/link'

export const MOST = 3

class Compared {
  setups = $state.raw<SetUp[]>(read(kept('compared', '', (value) => typeof value === 'string')))
  picked = $state(0)

  get full(): boolean {
    return this.setups.length >= MOST
  }

  has(setup: SetUp): boolean {
    return this.setups.some((one) => encodeSetup(one) === encodeSetup(setup))
  }

  add(setup: SetUp): void {
    if (!this.full && !this.has(setup)) this.set([...this.setups, setup])
  }

  remove(index: number): void {
    this.set(this.setups.filter((_, at) => at !== index))
  }

  set(setups: SetUp[]): void {
    this.setups = setups.slice(0, MOST)
    this.picked = Math.min(this.picked, Math.max(this.setups.length - 1, 0))
    keep('compared', this.query)
  }

  get query(): string {
    return this.setups.map((one) => `s=${encodeURIComponent(encodeSetup(one))}`).join('&')
  }

  /** Takes what an address holds; throws BrokenLink where it cannot be read. */
  open(query: string): void {
    if (query && query !== this.query) this.set(decodeAll(query))
  }
}

const decodeAll = (query: string): SetUp[] =>
  query
    .split('&')
    .filter((part) => part.startsWith('s='))
    .map((part) => decodeSetup(decodeURIComponent(part.slice(2))))

function read(query: string): SetUp[] {
  try {
    return decodeAll(query)
  } catch {
    return [] // of an older version; nothing is lost but a list
  }
}

export const compared = new Compared()
