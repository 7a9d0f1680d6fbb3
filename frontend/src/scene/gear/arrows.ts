import { Group, type Material, Vector3 } from 'three'
import { blend, between } from '../repetition'
import { Tubes } from '../tubes'
import type { AnalysisData } from '../types'
import type { Joints } from '../body/joints'
import { addSeenThrough } from './strands'

/** Length of an arrow per newton [m/N], and its least and greatest length. */
const PER_NEWTON = 0.0011
const LONGEST = 0.42
const SHORTEST = 0.05
const RINGS = 5

/** What pulls on each hand, all loads together. */
export class Arrows {
  readonly group = new Group()
  private readonly tubes = new Tubes(2, RINGS, 10)
  private forces: Record<'l' | 'r', Float32Array> | null = null

  constructor(m: Record<'load' | 'loadBehind', Material>) {
    addSeenThrough(this.group, this.tubes.geometry, m.load, m.loadBehind)
  }

  set(analysis: AnalysisData): void {
    const sum = (side: 'l' | 'r') => {
      const phases = analysis.positions_m['hand_r']?.length ?? 0
      const total = new Float32Array(phases * 3)
      for (const load of analysis.loads)
        load[`force_on_hand_${side}_n`].forEach((force, phase) =>
          force.forEach((part, axis) => (total[phase * 3 + axis]! += part)),
        )
      return total
    }
    this.forces = { l: sum('l'), r: sum('r') }
  }

  place(joints: Joints, phase: number): void {
    ;(['l', 'r'] as const).forEach((side, tube) => {
      const forces = this.forces?.[side]
      const force = new Vector3()
      if (forces && forces.length > 0) {
        const { index, share } = between(phase, forces.length / 3)
        blend(forces, index, share, force)
      }
      const newtons = force.length()
      if (newtons < 1) return this.tubes.hide(tube)
      const length = Math.min(LONGEST, Math.max(SHORTEST, newtons * PER_NEWTON))
      const way = force.divideScalar(newtons)
      const from = joints[`hand_${side}`].clone().addScaledVector(way, 0.05)
      const head = Math.min(0.055, 0.5 * length)
      const at = (far: number) => from.clone().addScaledVector(way, far)
      const points = [at(0), at(length - head), at(length - head), at(length), at(length)]
      const radius = [0.008, 0.008, 0.023, 0.0004, 0.0004]
      this.tubes.round(tube, points, (share) => radius[Math.round(share * (RINGS - 1))]!)
    })
    this.tubes.changed()
  }

  dispose(): void {
    this.tubes.geometry.dispose()
  }
}
