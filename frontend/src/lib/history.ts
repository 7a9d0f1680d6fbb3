/** What was, what is and what was undone; values are never changed in place. */
export interface History<Value> {
  readonly past: readonly Value[]
  readonly now: Value
  readonly future: readonly Value[]
  /** What the last change was about: changes of one thing in quick succession are undone together. */
  readonly about: string | null
  readonly at_ms: number
  /** Whether the hand that made it has not let go: what follows belongs to it, however slowly. */
  readonly held: boolean
}

export const DEPTH = 100
export const TOGETHER_MS = 700

export const begun = <Value>(now: Value): History<Value> => ({ past: [], now, future: [], about: null, at_ms: 0, held: false })

export function changed<Value>(was: History<Value>, now: Value, about: string, at_ms: number, held = false): History<Value> {
  const soon = was.held || at_ms - was.at_ms < TOGETHER_MS
  const same = was.about === about && soon && was.past.length > 0
  const past = same ? was.past : [...was.past, was.now].slice(-DEPTH)
  return { past, now, future: [], about, at_ms, held }
}

export function undone<Value>(was: History<Value>): History<Value> {
  const now = was.past.at(-1)
  if (now === undefined) return was
  return { past: was.past.slice(0, -1), now, future: [was.now, ...was.future], about: null, at_ms: 0, held: false }
}

export function redone<Value>(was: History<Value>): History<Value> {
  const [now, ...future] = was.future
  if (now === undefined) return was
  return { past: [...was.past, was.now], now, future, about: null, at_ms: 0, held: false }
}
