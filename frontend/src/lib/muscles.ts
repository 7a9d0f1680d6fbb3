/** Muscles of an analysis by name, and what limits it, in plain words. */
import names from 'virtual:muscle-names'
import type { Analysis, Dose } from '../api/types'
import { capital, idWords } from './words'

export interface MuscleRow {
  /** Id without side. */
  id: string
  name: string
  dose: Dose
  activation: readonly number[]
  /** Whether the model follows its length, so that short and long thirds mean something. */
  followed: boolean
}

const COLUMNS = 'erector_spinae'

/** Muscles of the working side by mean activation; the columns beside the spine share one load and are one row. */
export function muscleRows(analysis: Analysis): MuscleRow[] {
  const side = `_${analysis.working_side}`
  const rows = new Map<string, MuscleRow>()
  for (const [key, dose] of Object.entries(analysis.summary.muscle_dose)) {
    if (!key.endsWith(side)) continue
    const id = key.slice(0, -side.length)
    const column = id.startsWith(COLUMNS)
    const row = {
      id: column ? COLUMNS : id,
      name: column ? 'Erector spinae' : muscleName(id),
      dose,
      activation: analysis.muscles[key]?.activation ?? [],
      followed: !column,
    }
    rows.set(row.id, row)
  }
  return [...rows.values()].sort((a, b) => b.dose.mean - a.dose.mean)
}

export const muscleName = (id: string): string => names[id] ?? idWords(id)

const JOINT = 'glenoid_'

/** What stops the load from growing, e.g. "Brachialis" or "Shoulder joint: its ball would ride up". */
export function limitName(limit: string | null): string {
  if (limit === null) return 'Nothing that the model knows'
  if (!limit.startsWith(JOINT)) return muscleName(limit)
  const [first, second] = limit.slice(JOINT.length).split('_')
  const goes = `${first === 'up' ? 'ride' : 'slip'} ${words(first)}${second ? ` and ${words(second)}` : ''}`
  return capital(`shoulder joint: its ball would ${goes}`)
}

const words = (direction: string | undefined): string => (direction === 'front' ? 'forward' : (direction ?? ''))
