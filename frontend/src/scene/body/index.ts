import { BufferAttribute, BufferGeometry, DynamicDrawUsage, Group, type Material, Mesh } from 'three'
import { type Repetition, between } from '../repetition'
import { type Joints, jointsAt } from './joints'
import { type BodyMesh, CELL, COARSE_CELL, bodyMesh } from './mesh'
import { type Twists, pose } from './rig'
import { type Shell, bent } from './skin'

/** The skin of one body through one repetition. Each sample is bent when it is first asked for, then kept. */
export class Body {
  readonly group = new Group()
  private readonly geometry = new BufferGeometry()
  private readonly shells: (Shell | undefined)[]
  private readonly twists: Twists[] = []

  private constructor(
    private readonly repetition: Repetition,
    readonly mesh: BodyMesh,
    materials: readonly Material[],
  ) {
    this.shells = Array.from({ length: repetition.phases })
    const { positions, triangles } = mesh.surface
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

  static async of(repetition: Repetition, materials: readonly Material[], coarse = false): Promise<Body> {
    return new Body(repetition, await bodyMesh(repetition, coarse ? COARSE_CELL : CELL), materials)
  }

  get triangles(): number {
    return this.mesh.surface.triangles.length / 3
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
