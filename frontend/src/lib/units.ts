/** Forces as they feel, lengths and masses in the person's units. SI everywhere else. */
export type System = 'metric' | 'imperial'
/** Forces as a weight that feels alike, or in newtons. */
export type Forces = 'feel' | 'newtons'

export interface Units {
  system: System
  forces: Forces
}

/** Standard gravity: what 1 kg on a scale pulls [m/s²]. */
export const GRAVITY_M_S2 = 9.80665
export const LB_PER_KG = 1 / 0.45359237
export const IN_PER_M = 1 / 0.0254

/** Below this a force is shown with one decimal. */
const SMALL = 10

export const forceUnit = (units: Units): string =>
  units.forces === 'newtons' ? 'N' : units.system === 'imperial' ? 'lb' : 'kg'

/** A force as a number in the person's unit, not rounded. */
export function forceFigure(force_n: number, units: Units): number {
  if (units.forces === 'newtons') return force_n
  const kg = force_n / GRAVITY_M_S2
  return units.system === 'imperial' ? kg * LB_PER_KG : kg
}

/** A force's figure without unit, e.g. "4.1" or "31". */
export function forceDigits(force_n: number, units: Units): string {
  const value = forceFigure(force_n, units)
  const tenth = Math.round(value * 10) / 10
  return units.forces !== 'newtons' && Math.abs(tenth) < SMALL ? tenth.toFixed(1).replace(/\.0$/, '') : value.toFixed(0)
}

/** A force with its unit, e.g. "4.1 kg". */
export const forceWords = (force_n: number, units: Units): string => `${forceDigits(force_n, units)} ${forceUnit(units)}`

export const percent = (share: number): string => `${(100 * share).toFixed(0)} %`

/** A length with its unit, e.g. "55 cm" or "21.5 in". */
export function lengthWords(length_m: number, system: System): string {
  if (system === 'metric') return `${Math.round(100 * length_m)} cm`
  const inches = Math.round(2 * length_m * IN_PER_M) / 2
  return `${inches.toFixed(1).replace(/\.0$/, '')} in`
}

/** A person's height, e.g. "180 cm" or "5 ft 11 in". */
export function statureWords(stature_m: number, system: System): string {
  if (system === 'metric') return lengthWords(stature_m, system)
  const inches = Math.round(stature_m * IN_PER_M)
  return `${Math.floor(inches / 12)} ft ${inches % 12} in`
}

/** A mass with its unit, e.g. "7.5 kg" or "16.5 lb". */
export function massWords(mass_kg: number, system: System): string {
  const value = Math.round(10 * (system === 'imperial' ? mass_kg * LB_PER_KG : mass_kg)) / 10
  return `${value.toFixed(1).replace(/\.0$/, '')} ${system === 'imperial' ? 'lb' : 'kg'}`
}

const FIGURES = /\b(?:\d+(?:\.\d+)?(?:, | to | and | or |–))*\d+(?:\.\d+)? (cm|m|kg)\b/g
const PER_UNIT: Record<string, number> = { cm: IN_PER_M / 100, m: IN_PER_M, kg: LB_PER_KG }

/** A sentence written in metric units, told in the person's own, e.g. "20 cm above the floor" as "8 in above the floor". */
export function retold(text: string, system: System): string {
  if (system === 'metric') return text
  return text.replace(FIGURES, (figures, unit: string) => {
    const others = figures.slice(0, -unit.length).replace(/[\d.]+/g, (figure) => {
      const value = Number(figure) * (PER_UNIT[unit] ?? 1)
      // Halves of an inch as the controls have them.
      return String(unit === 'kg' && value >= SMALL ? Math.round(value) : Math.round(2 * value) / 2)
    })
    return others + (unit === 'kg' ? 'lb' : 'in')
  })
}

export type Quantity = 'length' | 'stature' | 'mass' | 'force'

/** One step of a control, in SI: a round figure in the person's own unit. */
export function stepOf(quantity: Quantity, system: System): number {
  const metric = { length: 0.05, stature: 0.01, mass: 1, force: GRAVITY_M_S2 }
  const imperial = { length: 2 / IN_PER_M, stature: 1 / IN_PER_M, mass: 2 / LB_PER_KG, force: (2 * GRAVITY_M_S2) / LB_PER_KG }
  return (system === 'imperial' ? imperial : metric)[quantity]
}

/** The next value of a control: on the grid of its steps, inside its limits, free of rounding dust. */
export function stepped(value: number, steps: number, step: number, [low, high]: readonly [number, number]): number {
  const grid = value / step
  const near = Math.round(grid)
  const on = Math.abs(grid - near) < 1e-4
  const from = on ? near : steps > 0 ? Math.floor(grid) : Math.ceil(grid)
  const next = Math.min(Math.max((from + steps) * step, low), high)
  return Number(next.toFixed(4))
}
