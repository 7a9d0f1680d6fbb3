import { Group, type Material, Mesh, Vector3 } from 'three'
import { type Repetition, sample } from '../repetition'
import { Tubes } from '../tubes'
import type { AnalysisData, Side } from '../types'
import { type Joints, SIDES } from '../body/joints'

/** Length of the longest arrow of a set-up [m], and the most that a newton takes [m/N]. */
const LONGEST = 0.36
const PER_NEWTON = 0.004
/** From the fist's middle to the arrow's tail [m]. */
const TAIL = 0.05
const RINGS = 5

/** What pulls on each hand, all loads together. */
export class Arrows {
  readonly group = new Group()
  private readonly tubes = new Tubes(2, RINGS, 10)
  private forces: Record<Side, Float32Array> | null = null
  private perNewton = 0

  constructor(material: Material) {
    const mesh = new Mesh(this.tubes.geometry, material)
    mesh.frustumCulled = false
    mesh.renderOrder = 10
    this.group.add(mesh)
  }

  set(analysis: AnalysisData): void {
    const sum = (side: Side) => {
      const phases = analysis.positions_m['hand_r']?.length ?? 0
      const total = new Float32Array(phases * 3)
      for (const load of analysis.loads)
        load[`force_on_hand_${side}_n`].forEach((force, phase) =>
          force.forEach((part, axis) => (total[phase * 3 + axis]! += part)),
        )
      return total
    }
    this.forces = { l: sum('l'), r: sum('r') }
    const peak = Math.max(...SIDES.map((side) => strongest(this.forces![side])))
    this.perNewton = Math.min(LONGEST / Math.max(peak, 1), PER_NEWTON)
  }

  /** How far arrows reach from the hands through the whole repetition. */
  tips(repetition: Repetition): Vector3[] {
    return SIDES.flatMap((side) =>
      [0, 0.25, 0.5, 0.75, 1].flatMap((phase) => {
        const pull = this.pull(side, phase)
        const hand = repetition.points[`hand_${side}`]
        return pull && hand ? [sample(hand, phase).addScaledVector(pull, TAIL / pull.length() + this.perNewton)] : []
      }),
    )
  }

  private pull(side: Side, phase: number): Vector3 | null {
    const forces = this.forces?.[side]
    if (!forces || forces.length === 0) return null
    const force = sample(forces, phase)
    return force.length() < 1 ? null : force
  }

  place(joints: Joints, phase: number): void {
    SIDES.forEach((side, tube) => {
      const force = this.pull(side, phase)
      if (!force) return this.tubes.hide(tube)
      const length = force.length() * this.perNewton
      const way = force.normalize()
      const from = joints[`hand_${side}`].clone().addScaledVector(way, TAIL)
      const head = Math.min(0.06, 0.5 * length)
      const at = (far: number) => from.clone().addScaledVector(way, far)
      const points = [at(0), at(length - head), at(length - head), at(length), at(length)]
      const radius = [0.009, 0.009, 0.026, 0.0004, 0.0004].map((r) => r * Math.min(1, head / 0.05))
      this.tubes.round(tube, points, (share) => radius[Math.round(share * (RINGS - 1))]!)
    })
    this.tubes.changed()
  }

  dispose(): void {
    this.tubes.geometry.dispose()
  }
}

/** The greatest of forces laid one after the other [N]. */
function strongest(forces: Float32Array): number {
  let most = 0
  for (let i = 0; i < forces.length; i += 3) most = Math.max(most, Math.hypot(forces[i]!, forces[i + 1]!, forces[i + 2]!))
  return most
}
