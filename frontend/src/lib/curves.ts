/** What is read from the curves of an analysis. */
import type { Analysis, Curves } from '../api/types'

/** A pose idles when it asks for less than this share of the peak effort; the server's own limit. */
export const IDLES_BELOW = 0.5

/** Unbroken stretches [first, last] of poses that fulfil something; a single pose has no width and is left out. */
export function runs(flags: readonly boolean[]): [number, number][] {
  const found: [number, number][] = []
  let first = -1
  for (let at = 0; at <= flags.length; at += 1) {
    if (flags[at]) first = first < 0 ? at : first
    else {
      if (first >= 0 && at - first > 1) found.push([first, at - 1])
      first = -1
    }
  }
  return found
}

export function idles(effort: readonly number[]): boolean[] {
  const peak = Math.max(...effort)
  return effort.map((one) => peak > 0 && one < IDLES_BELOW * peak)
}

export const overloads = (effort: readonly number[]): boolean[] => effort.map((one) => one > 1)

/** Step 0 to 10 of the effort scale; the last is kept for more than can be held. */
export const effortLevel = (effort: number): number => (effort > 1 ? 10 : Math.min(Math.round(10 * Math.max(effort, 0)), 9))

/** Step 0 to 10 of the muscle scale; root spacing, so that 5, 25 and 100 % are as far apart as they feel. */
export const muscleLevel = (share: number): number => Math.round(10 * Math.sqrt(Math.min(Math.max(share, 0), 1)))

export const token = (scale: 'effort' | 'muscle', level: number): string => `--${scale}-${String(level).padStart(2, '0')}`

/** The pose nearest to a phase. */
export const poseAt = (one: { phase: readonly number[] }, phase: number): number => Math.round(phase * (one.phase.length - 1))

/** A curve's value at a phase between two poses. */
export function valueAt(curve: readonly (number | null)[], phase: number): number | null {
  const place = Math.min(Math.max(phase, 0), 1) * (curve.length - 1)
  const low = Math.floor(place)
  const [a, b] = [curve[low] ?? null, curve[Math.min(low + 1, curve.length - 1)] ?? null]
  return a === null || b === null ? null : a + (place - low) * (b - a)
}

/** The pose where effort peaks. */
export const hardest = (effort: readonly number[]): number => effort.indexOf(Math.max(...effort))

/** The largest force that a force plot of this analysis must show [N]. */
export function topForce(analysis: Analysis): number {
  const { load_n, strength_n } = analysis.uncertainty
  const curves = [analysis.load_n, analysis.strength_n, analysis.computed_strength_n ?? [], load_n.p95, strength_n.p95]
  return 1.04 * Math.max(...curves.flat().map((value) => value ?? 0))
}

const SHORTEST_RUN = 3

/** Stretches of the range [from, to, limit]: what gives out first there; short ones count to their neighbour. */
export function limitsAlong(analysis: Analysis): [number, number, string | null][] {
  const found: { limit: string | null; length: number }[] = []
  for (const limit of analysis.binding) {
    const last = found.at(-1)
    if (last?.limit === limit) last.length += 1
    else found.push({ limit, length: 1 })
  }
  const kept: typeof found = []
  for (const run of found) {
    const last = kept.at(-1)
    if (last && (run.length < SHORTEST_RUN || last.limit === run.limit)) last.length += run.length
    else kept.push({ ...run })
  }
  const [first, second] = kept
  if (first && second && first.length < SHORTEST_RUN) {
    second.length += first.length
    kept.shift()
  }
  let at = 0
  return kept.map(({ limit, length }) => {
    const from = analysis.phase[at] ?? 0
    at += length
    return [from, analysis.phase[Math.min(at, analysis.phase.length - 1)] ?? 1, limit]
  })
}

/**
 * An analysis with the curves of a changed set-up of the same body in the same movement. Verdict and spread are still
 * those of before: whoever shows it must not show them as its own.
 */
export function withCurves(analysis: Analysis, curves: Curves): Analysis {
  const { loads, working_side, load_n, strength_n, computed_strength_n, effort, binding, summary, spinal_load, warnings } = curves
  const muscles = Object.fromEntries(
    Object.entries(analysis.muscles).map(([id, muscle]) => [id, { ...muscle, activation: curves.activation[id] ?? muscle.activation }]),
  )
  const positions_m = { ...analysis.positions_m, ...curves.anchors_m }
  return { ...analysis, positions_m, muscles, loads, working_side, load_n, strength_n, computed_strength_n, effort, binding, summary, spinal_load, warnings }
}
