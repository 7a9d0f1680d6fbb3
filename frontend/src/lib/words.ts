/** Sentences and names: the client's own, in the report's tone. */
import type { Analysis, Load, Provenance } from '../api/types'
import { hardest } from './curves'
import { forceDigits, forceUnit, percent, type Units } from './units'

const TURN_SHARE = 0.08
const LEVEL_SHARE = 0.02

/** Start, the one extreme between that stands out (if any), and finish. */
function turningPoints(curve: readonly number[]): number[] {
  const [start, finish] = [curve[0] ?? 0, curve.at(-1) ?? 0]
  const [low, high] = [Math.min(...curve), Math.max(...curve)]
  const [over, under] = [high - Math.max(start, finish), Math.min(start, finish) - low]
  const size = Math.max(...curve.map(Math.abs))
  return Math.max(over, under) <= TURN_SHARE * size ? [start, finish] : [start, over > under ? high : low, finish]
}

/** A curve in words, e.g. "Load rises from 4 to 31 kg" or "Your strength goes 30 → 14 → 26 kg". */
export function told(subject: string, curve: readonly (number | null)[], figure: (value: number) => string, unit: string): string {
  const known = curve.filter((value): value is number => value !== null)
  if (known.length === 0) return `${subject} has no limit here`
  const points = turningPoints(known)
  const shown = points.map(figure)
  const range = Math.max(...known) - Math.min(...known)
  if (range <= LEVEL_SHARE * Math.max(...known.map(Math.abs)) || new Set(shown).size === 1)
    return `${subject} stays at ${shown[0]} ${unit}`
  if (points.length > 2) return `${subject} goes ${shown.join(' → ')} ${unit}`
  return `${subject} ${(points[1] ?? 0) > (points[0] ?? 0) ? 'rises' : 'falls'} from ${shown[0]} to ${shown[1]} ${unit}`
}

/** The three curves in words; `withSpread`: whether the spread belongs to them. */
export function curveSentences(analysis: Analysis, units: Units, withSpread = true): string[] {
  const { uncertainty: spread, effort, summary, computed_strength_n: computed } = analysis
  const at = hardest(effort)
  const digits = (force_n: number) => forceDigits(force_n, units)
  const likely = (low: number | null | undefined, high: number | null | undefined) =>
    !withSpread || low == null || high == null || digits(low) === digits(high)
      ? ''
      : ` (likely ${digits(low)} to ${digits(high)} ${forceUnit(units)} at the hardest point)`
  const load = told('Load', analysis.load_n, digits, forceUnit(units))
  const strength = told('Your strength', analysis.strength_n, digits, forceUnit(units))
  return [
    `${load}${likely(spread.load_n.p05[at], spread.load_n.p95[at])}.`,
    `${strength}${likely(spread.strength_n.p05[at], spread.strength_n.p95[at])}.`,
    ...(computed ? [`${told('The computed strength', computed, digits, forceUnit(units))} (dotted).`] : []),
    effortSentence(effort, summary.peak_effort, summary.peak_phase, withSpread ? spread.peak_effort : { p05: 0, p95: 0 }),
  ]
}

function effortSentence(effort: readonly number[], peak: number, where: number, spread: { p05: number; p95: number }): string {
  if (peak <= 0) return 'The load pulls on nothing in this range.'
  const likely = percent(spread.p05) === percent(spread.p95) ? '' : ` (likely ${percent(spread.p05)} to ${percent(spread.p95)})`
  const course = told('Effort', effort, (value) => (100 * value).toFixed(0), '%')
  return `${course}; hardest at ${percent(where)} of the way, ${percent(peak)} of what you can hold${likely}.`
}

export const INTENTS: Record<string, string> = {
  'strength-and-size': 'Strength and size',
  squeeze: 'Emphasise the squeeze',
  direction: 'Another direction',
  assistance: 'Assistance',
  posture: 'Posture',
  'shoulder-health': 'Shoulder health',
  travel: 'Travel',
}

export const RIGS: Record<string, string> = {
  single: 'Single loop',
  folded: 'Folded in two',
  hitched: 'Hitched round its anchor',
  choked: 'Gripped short',
  strand: 'One open strand',
  series: 'End to end',
}

export const PLACES: Record<string, string> = {
  feet: 'Both feet',
  foot_r: 'Right foot',
  foot_l: 'Left foot',
  knee_r: 'Right knee',
  knee_l: 'Left knee',
  bar: 'Pull-up bar',
  hand_l: 'Left hand',
  hand_r: 'Right hand',
  hands: 'Both hands',
  wrists: 'Wrists',
  point: 'Door or pole',
}

export const GEAR: Record<string, string> = {
  'long-loop': 'Long loop',
  sheet: 'Flat band',
  tube: 'Tube',
  'mini-loop': 'Mini loop',
  dumbbell: 'Dumbbell',
  kettlebell: 'Kettlebell',
  cable: 'Cable',
  'pull-up-bar': 'Pull-up bar',
  bench: 'Bench',
  'anchor-low': 'Low anchor',
  'anchor-middle': 'Middle anchor',
  'anchor-high': 'High anchor',
}

export const KINDS: Record<Load['kind'], string> = { band: 'Band', weight: 'Weight', cable: 'Cable', 'body-weight': 'Your body' }

export const CHIPS: Record<Provenance['kind'], string> = { measured: 'measured', chart: 'maker’s chart', estimated: 'estimated' }

export const STRENGTHS: Record<string, { name: string; means: string }> = {
  computed: { name: 'Computed', means: 'What the muscles of a person of your size can give at each point.' },
  coach: { name: 'Coach’s', means: 'The shape coaches teach for pulling: strong, weak in the middle, stronger again.' },
  measured: { name: 'Measured', means: 'Through your own pulls on a scale at the start, the middle and the finish.' },
}

/** An id as words, e.g. "deltoid_posterior" as "Deltoid posterior". */
export const idWords = (id: string): string => capital(id.replaceAll(/[_-]/g, ' '))

export const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)
