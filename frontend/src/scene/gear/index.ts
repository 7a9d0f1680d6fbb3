import { Group, Vector3 } from 'three'
import type { Joints } from '../body/joints'
import type { Paints } from '../paints'
import type { Repetition } from '../repetition'
import type { AnalysisData, FigureOptions, SetupData } from '../types'
import { Arrows } from './arrows'
import { type DrawnLoad, drawnLoads, moveAnchors, placeOf } from './loads'
import { Room } from './room'
import { Strands } from './strands'
import { Weights } from './weights'

type Materials = Paints['coloured']

/** Everything that is not the body: bands, cables, weights, anchors, furniture and arrows. */
export class Equipment {
  readonly group = new Group()
  readonly arrows: Arrows
  loads: DrawnLoad[] = []
  private readonly weights: Weights
  private readonly room: Room
  private readonly strands: Strands
  private kettlebells: boolean
  private stature = 1.8
  private repetition: Repetition | null = null

  constructor(materials: Materials, options: FigureOptions) {
    this.kettlebells = options.kettlebells ?? false
    this.weights = new Weights(materials)
    this.room = new Room(materials)
    this.strands = new Strands(materials)
    this.arrows = new Arrows(materials.pull)
    this.arrows.group.visible = options.arrows ?? false
    this.group.add(this.weights.group, this.room.group, this.strands.group, this.arrows.group)
    this.group.visible = false
  }

  setRepetition(repetition: Repetition): void {
    this.repetition = repetition
    this.stature = repetition.person.stature_m
    this.room.setFurniture(repetition.objects)
    this.group.visible = true
  }

  /** Takes over an answer; anchors stay where they are while one of them is `held`. */
  setAnalysis(data: AnalysisData, held: boolean): void {
    this.loads = drawnLoads(data).map((fresh) => this.renewed(fresh, held))
    this.arrows.set(data)
    this.rebuild()
  }

  /** A load known already stays the same object with the same anchor, since a hand may be on it. */
  private renewed(fresh: DrawnLoad, held: boolean): DrawnLoad {
    const known = this.loads.find((load) => load.id === fresh.id && load.anchor && fresh.anchor)
    if (!known?.anchor || !fresh.anchor) return fresh
    if (!held) known.anchor.copy(fresh.anchor)
    return Object.assign(known, fresh, { anchor: known.anchor })
  }

  setSetup(data: SetupData): void {
    moveAnchors(this.loads, data, this.stature)
    this.anchorsMoved()
  }

  setKettlebells(shown: boolean): void {
    if (shown === this.kettlebells) return
    this.kettlebells = shown
    this.weights.set(this.loads, shown)
  }

  anchorsMoved(): void {
    this.room.setAnchors(this.loads)
  }

  place(joints: Joints, start: Joints, phase: number): void {
    this.strands.place(this.loads, joints, phase, this.stature, this.kettlebells)
    this.weights.place(joints)
    this.room.lift((load) => this.reach(load, joints) - this.reach(load, start))
    if (this.arrows.group.visible) this.arrows.place(joints, phase)
  }

  /** What would hide the person from there is left away. */
  openTo(toward: Vector3): void {
    this.room.openTo(toward)
  }

  /** Places that must stay in the picture beside the body. */
  corners(): Vector3[] {
    const anchors = this.loads.flatMap(({ anchor }) =>
      anchor ? [anchor.clone().setZ(anchor.z + 0.08), anchor.clone().setZ(0)] : [],
    )
    const tips = this.arrows.group.visible && this.repetition ? this.arrows.tips(this.repetition) : []
    return [...anchors, ...this.room.corners(), ...tips]
  }

  clear(): void {
    this.loads = []
    this.rebuild()
    this.group.visible = false
  }

  private reach(load: DrawnLoad, joints: Joints): number {
    const to = load.ends[0] && placeOf(load.ends[0].to, load, joints)
    return to && load.anchor ? to.distanceTo(load.anchor) : 0
  }

  private rebuild(): void {
    this.weights.set(this.loads, this.kettlebells)
    this.room.setAnchors(this.loads)
  }

  dispose(): void {
    for (const part of [this.weights, this.room, this.strands, this.arrows]) part.dispose()
  }
}
