import { Vector3 } from 'three'
import type { Joints, JointName } from '../body/joints'
import { value } from '../repetition'
import type { AnalysisData, LoadEnds, SetupData, SetupLoad } from '../types'
import { strandsOf } from './lines'

/** One load as it is drawn, made of the set-up and what an analysis found for it. */
export interface DrawnLoad {
  id: string
  kind: string
  ends: LoadEnds[]
  /** Fixed point in the room, if it has one. */
  anchor: Vector3 | null
  /** Where it was when the stretch was worked out. */
  analysed: Vector3 | null
  stretch: ArrayLike<number> | null
  strands: number
  count: number
  mass: number
  setup: SetupLoad | undefined
}

export function drawnLoads(analysis: AnalysisData): DrawnLoad[] {
  return analysis.loads.map((load) => {
    const setup = (analysis.setup.load ?? []).find((one) => one.id === load.id)
    const at = analysis.positions_m[`anchor_${load.id}`]?.[0]
    const anchor = at ? new Vector3(at[0], at[1], at[2]) : null
    return {
      id: load.id,
      kind: load.kind,
      ends: load.ends,
      anchor,
      analysed: anchor && anchor.clone(),
      stretch: load.stretch_ratio ?? null,
      strands: strandsOf(setup?.rig, load.ends.length),
      count: setup?.count ?? 1,
      mass: setup?.mass_kg ?? 10,
      setup,
    }
  })
}

/** Puts anchors where a changed set-up has them, before the server has answered. */
export function moveAnchors(loads: readonly DrawnLoad[], setup: SetupData, stature: number): void {
  for (const load of loads) {
    const from = (setup.load ?? []).find((one) => one.id === load.id)?.from
    if (!load.anchor || typeof from !== 'object') continue
    load.anchor.set(from.x_m, from.y_m ?? 0, from.z_m ?? (from.z_stature ?? 0) * stature)
  }
}

/** Where along a foot a band is trodden on, and how low the toes of a standing foot are [m]. */
const UNDER_ANKLE = 0.32
const STANDING = 0.04

/** World place of a load's end; null for a name that the figure does not know. */
export function placeOf(name: string, load: DrawnLoad, joints: Joints): Vector3 | null {
  if (name.startsWith('anchor_')) return load.anchor
  if (name === 'bar') return joints.hand_l.clone().add(joints.hand_r).multiplyScalar(0.5)
  if (name.startsWith('foot')) {
    const side = name.endsWith('_l') ? 'l' : 'r'
    const sole = joints[`ankle_${side}`].clone().lerp(joints[`toe_${side}`], UNDER_ANKLE)
    // A band that is trodden on leaves the foot at the floor.
    return joints[`toe_${side}`].z < STANDING ? sole.setZ(0) : sole
  }
  return joints[name as JointName] ?? null
}

/** Stretch of a line from the anchor at a phase: the analysis's own, and longer by as much as the anchor has been moved since. */
export function stretchAt(load: DrawnLoad, path: readonly Vector3[], phase: number): number {
  const ratio = load.stretch ? value(load.stretch, phase) : 1
  const end = path[path.length - 1]
  if (!load.anchor || !load.analysed || !end) return ratio
  return (ratio * load.anchor.distanceTo(end)) / Math.max(load.analysed.distanceTo(end), 0.01)
}
