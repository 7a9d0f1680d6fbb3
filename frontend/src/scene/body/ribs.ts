import { type Matrix4, Matrix4 as Matrix, type Vector3 } from 'three'
import { sections } from './field'
import type { Joints } from './joints'
import type { BodyMesh } from '.'
import { BONES, pose } from './rig'
import { trunkLevels } from './shape'

/** Deepest place of a muscle's middle, as a share of the way from the trunk's axis to its skin. */
const UNDER_SKIN = 0.93
/** Further out than this a line has left the trunk for the arm. */
const OFF_TRUNK = 1.3

/** Draws lines that leave the chest back under the skin: the model's rib cage is that of another person. */
export class Ribs {
  private readonly section
  private readonly unrest: Matrix4
  private readonly thorax = BONES.indexOf('thorax')
  private readonly low: number
  private readonly armpit: number
  private readonly toRest = new Matrix()
  private readonly toWorld = new Matrix()

  constructor(private readonly mesh: BodyMesh) {
    const { rest, measures } = mesh
    this.section = sections(trunkLevels(measures, rest))
    this.unrest = mesh.unrest[this.thorax]!
    this.low = rest.pelvis.z + 0.25 * measures.notch
    this.armpit = rest.pelvis.z + 0.72 * measures.notch
  }

  /** Says how the chest lies before lines are tucked. */
  place(joints: Joints): void {
    const frame = pose(joints, this.mesh.rest).frames[this.thorax]!
    this.toWorld.multiplyMatrices(frame, this.unrest)
    this.toRest.copy(this.toWorld).invert()
  }

  tuck(point: Vector3): void {
    point.applyMatrix4(this.toRest)
    const { ring } = this.section(point.x, point.y, point.z)
    if (ring > UNDER_SKIN && ring < OFF_TRUNK && point.z > this.low) {
      // Toward the armpit muscles do leave the trunk: there they are let go by and by.
      const held = 1 - Math.min(1, Math.max(0, (point.z - this.armpit) / 0.08))
      const scale = 1 + held * (UNDER_SKIN / ring - 1)
      point.x *= scale
      point.y *= scale
    }
    point.applyMatrix4(this.toWorld)
  }
}
