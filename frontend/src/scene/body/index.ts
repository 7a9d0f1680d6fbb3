import { BufferAttribute, BufferGeometry, DynamicDrawUsage, Group, type Material, type Matrix4, Mesh } from 'three'
import { type Repetition, between } from '../repetition'
import { type Joints, jointsAt } from './joints'
import { type Measures, measure } from './measures'
import type { Mesh as Meshed } from './mesh'
import { restJoints } from './rest'
import { type Twists, pose } from './rig'
import { type Shell, bent } from './skin'

/** One body as it was meshed: in its rest pose, ready to be bent. */
export interface BodyMesh extends Meshed {
  measures: Measures
  rest: Joints
  /** From rest to each bone's own axes. */
  unrest: Matrix4[]
}

/** The skin of one body through one repetition. Each sample is bent when it is first asked for, then kept. */
export class Body {
  readonly group = new Group()
  readonly mesh: BodyMesh
  private readonly geometry = new BufferGeometry()
  private readonly shells: (Shell | undefined)[]
  private readonly twists: Twists[] = []

  constructor(
    private readonly repetition: Repetition,
    meshed: Meshed,
    materials: readonly Material[],
  ) {
    const measures = measure(repetition)
    const rest = restJoints(measures)
    this.mesh = { ...meshed, measures, rest, unrest: pose(rest, rest).frames.map((frame) => frame.invert()) }
    this.shells = Array.from({ length: repetition.phases })
    const { positions, triangles } = meshed.surface
    this.geometry.setAttribute(
      'position',
      new BufferAttribute(positions.slice(), 3).setUsage(DynamicDrawUsage),
    )
    this.geometry.setAttribute(
      'normal',
      new BufferAttribute(new Float32Array(positions.length), 3).setUsage(DynamicDrawUsage),
    )
    this.geometry.setIndex(new BufferAttribute(triangles, 1))
    materials.forEach((material, index) => {
      const layer = new Mesh(this.geometry, material)
      layer.frustumCulled = false
      layer.renderOrder = 10 + index
      // All that is inside lies under the skin, also where a muscle is a little too thick for it.
      if (index === 0) layer.onBeforeRender = (gl) => gl.clearDepth()
      this.group.add(layer)
    })
  }

  joints(phase: number): Joints {
    const { index, share } = between(phase, this.repetition.phases)
    return jointsAt(this.repetition, index, share)
  }

  setPhase(phase: number): void {
    const { index, share } = between(phase, this.repetition.phases)
    const position = this.geometry.getAttribute('position')
    const normal = this.geometry.getAttribute('normal')
    const from = this.shell(index)
    const to = share > 0 ? this.shell(index + 1) : from
    mix(from.positions, to.positions, share, position.array as Float32Array)
    mix(from.normals, to.normals, share, normal.array as Float32Array)
    position.needsUpdate = true
    normal.needsUpdate = true
  }

  private shell(index: number): Shell {
    return (this.shells[index] ??= bent(
      this.mesh,
      pose(jointsAt(this.repetition, index), this.mesh.rest, this.twist(index - 1)).frames,
    ))
  }

  /** Turns of the hands at a sample, followed from the first one. */
  private twist(index: number): Twists | undefined {
    for (let i = this.twists.length; i <= index; i++)
      this.twists.push(pose(jointsAt(this.repetition, i), this.mesh.rest, this.twists[i - 1]).twists)
    return this.twists[index]
  }

  dispose(): void {
    this.geometry.dispose()
  }
}

export function mix(from: Float32Array, to: Float32Array, share: number, out: Float32Array): void {
  if (share === 0) out.set(from)
  else for (let i = 0; i < out.length; i++) out[i] = from[i]! + share * (to[i]! - from[i]!)
}
