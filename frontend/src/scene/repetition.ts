import { Vector3 } from 'three'
import type { Furniture, MuscleLine, Path, RepetitionData, Side } from './types'

/** Places through the repetition: x, y, z of one phase after the other [m]. */
export type Track = Float32Array

export interface Muscle {
  id: string
  name: string
  halfWidth: number
  sheet: number | null
  line: Track[]
}

export interface Repetition {
  phases: number
  exercise: string
  person: RepetitionData['person']
  girth: number
  posture: string
  grip: string
  working: Side[]
  viewFrom: Vector3
  points: Record<string, Track>
  muscles: Muscle[]
  objects: Furniture[]
}

export function decode(data: RepetitionData): Repetition {
  const phases = data.phases
  const points = Object.fromEntries(
    Object.entries(data.points).map(([name, path]) => [name, track(path, phases)]),
  )
  const muscles = Object.entries(data.muscles).map(([id, line]) => muscle(id, line, phases))
  return {
    phases,
    exercise: data.exercise,
    person: data.person,
    girth: data.girth,
    posture: data.posture,
    grip: data.grip,
    working: data.working,
    viewFrom: new Vector3(...(data.view_from as [number, number, number])),
    points,
    muscles: data.mirrored ? [...muscles, ...muscles.map(mirrored)] : muscles,
    objects: data.objects,
  }
}

export function track(path: Path, phases: number): Track {
  const out = new Float32Array(phases * 3)
  path.forEach((course, axis) => {
    let millimetres = 0
    for (let phase = 0; phase < phases; phase++) {
      millimetres += course[phase] ?? 0
      out[phase * 3 + axis] = millimetres / 1000
    }
  })
  return out
}

function muscle(id: string, line: MuscleLine, phases: number): Muscle {
  return {
    id,
    name: line.name,
    halfWidth: line.half_width_mm / 1000,
    sheet: line.sheet,
    line: line.line.map((path) => track(path, phases)),
  }
}

function mirrored(one: Muscle): Muscle {
  const flip = (t: Track) => t.map((value, index) => (index % 3 === 1 ? -value : value))
  return { ...one, id: `${one.id.slice(0, -1)}l`, line: one.line.map(flip) }
}

/** Where on a list of samples a phase lies: the sample before it and the share of the way to the next. */
export function between(phase: number, phases: number): { index: number; share: number } {
  const last = phases - 1
  // Rounding keeps a phase that is meant to be a sample on it, whatever its last bits are.
  const at = Math.round(Math.min(1, Math.max(0, phase)) * last * 1e6) / 1e6
  const index = Math.min(Math.floor(at), Math.max(last - 1, 0))
  return { index, share: at - index }
}

export function sample(t: Track, phase: number, out = new Vector3()): Vector3 {
  const { index, share } = between(phase, t.length / 3)
  return blend(t, index, share, out)
}

export function blend(t: Track, index: number, share: number, out: Vector3): Vector3 {
  const a = index * 3
  const b = share > 0 ? a + 3 : a
  const mix = (axis: number) => {
    const from = t[a + axis] ?? 0
    return from + share * ((t[b + axis] ?? from) - from)
  }
  return out.set(mix(0), mix(1), mix(2))
}

/** A curve of numbers at a phase. */
export function value(curve: ArrayLike<number>, phase: number): number {
  if (curve.length < 2) return curve[0] ?? 0
  const { index, share } = between(phase, curve.length)
  const from = curve[index] ?? 0
  return share > 0 ? from + share * ((curve[index + 1] ?? from) - from) : from
}
