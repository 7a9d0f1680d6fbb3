import { type BufferGeometry, Group, type Material, Mesh, Vector3 } from 'three'
import type { Joints } from '../body/joints'
import { GRIP_ACROSS, GRIP_ALONG } from '../body/measures'
import { grasp } from '../body/rig'
import { Tubes, through } from '../tubes'
import type { Side } from '../types'
import { overChest } from './chest'
import { spaced, underKnee } from './front'
import { LINE_POINTS, hung, section } from './lines'
import { type DrawnLoad, placeOf, stretchAt } from './loads'
import { type Bell, bellHeld } from './weights'

/** Distance between strands side by side [m]. */
const APART = 0.021
/** Around a wrist a mini band lies this far from its middle [m]. */
const WRIST = 0.034
const ABOVE_WRIST = 0.025
/** How far to either side a band under a foot is seen, and how high it lies [m]. */
const SOLE = 0.052
const UNDER = 0.008
const CABLE = 0.004
const MOST = 24

/** All bands and cables in one buffer each. */
export class Strands {
  readonly group = new Group()
  private readonly bands = new Tubes(MOST, LINE_POINTS, 6)
  private readonly cables = new Tubes(4, LINE_POINTS, 5)

  constructor(m: Record<'band' | 'bandBehind' | 'dark' | 'darkBehind', Material>) {
    addSeenThrough(this.group, this.bands.geometry, m.band, m.bandBehind)
    addSeenThrough(this.group, this.cables.geometry, m.dark, m.darkBehind)
  }

  place(loads: readonly DrawnLoad[], joints: Joints, phase: number, stature: number, kettlebells: boolean): void {
    let [band, cable] = [0, 0]
    const beside = new Map<string, number>()
    for (const load of loads) {
      for (const end of load.ends) {
        const path = pathOf(load, end.from, end.to, joints, stature)
        if (!path) continue
        if (load.kind === 'cable') {
          if (cable < 4) this.cables.round(cable++, hung(path[0]!, path[path.length - 1]!, 1.01), () => CABLE)
          continue
        }
        if (load.kind !== 'band') continue
        const stretch = stretchAt(load, path, phase)
        const key = `${end.from} ${end.to}`
        const many = load.strands * load.count
        const before = beside.get(key) ?? 0
        beside.set(key, before + many)
        if (end.from?.startsWith('foot') && band < MOST) this.trodden(band++, path[0]!)
        const bell = end.from?.startsWith('foot') ? bellHeld(loads, end.to, kettlebells, joints) : null
        for (let copy = 0; copy < many && band < MOST; copy++) {
          const half = copy % 2 === 0 ? 1 : -1
          const aside = offset(load, copy, many, before)
          if (end.from?.startsWith('wrist')) this.loop(band++, joints, stature, stretch, half)
          else if (end.to === 'knee_l' || end.to === 'knee_r')
            this.lay(band++, underKnee(path[0]!, joints, end.to, half, stature), stretch, new Vector3(0, 1, 0))
          else this.strand(band++, bell ? besideBell(path, bell) : path, stretch, aside, joints, end.to)
        }
      }
    }
    this.bands.showFirst(band)
    this.cables.showFirst(cable)
    this.bands.changed()
    this.cables.changed()
  }

  /** What of a band lies under the foot that stands on it, from its outer edge on. */
  private trodden(tube: number, sole: Vector3): void {
    if (sole.z > UNDER + 1e-6) return this.bands.hide(tube)
    const across = new Vector3(0, -2 * Math.sign(sole.y) * SOLE, 0)
    const { wide, thick } = section(1)
    this.bands.flat(tube, hung(sole, sole.clone().add(across), 1), () => wide, () => thick, new Vector3(1, 0, 0))
  }

  /** One half of a loop about both wrists: round the outside of each, straight between. */
  private loop(tube: number, joints: Joints, stature: number, stretch: number, half: number): void {
    const [right, left] = [aboveWrist(joints, 'r', stature), aboveWrist(joints, 'l', stature)]
    const fore = left.clone().add(right).sub(joints.elbow_l).sub(joints.elbow_r).normalize()
    const out = left.clone().sub(right)
    out.addScaledVector(fore, -out.dot(fore)).normalize()
    const aside = new Vector3().crossVectors(fore, out).multiplyScalar(half * WRIST)
    const corner = (wrist: Vector3, way: number, turn: number) =>
      wrist
        .clone()
        .addScaledVector(out, way * WRIST * Math.sin(turn))
        .addScaledVector(aside, Math.cos(turn))
    const arc = (wrist: Vector3, way: number) =>
      [0, 1, 2, 3, 4].map((step) => corner(wrist, way, (Math.PI / 8) * step))
    const way = overChest(joints, stature, corner(right, -1, 0), corner(left, 1, 0))
    const between =
      way.length > 2 ? spaced(way, 7).slice(1, -1) : hung(way[0]!, way[1]!, stretch).filter((_, i) => i % 3 === 1)
    const points = [...arc(right, -1).reverse(), ...between, ...arc(left, 1)]
    const { wide, thick } = section(stretch)
    const width = () => wide
    this.bands.flat(tube, points, width, () => thick, fore)
  }

  private strand(
    tube: number,
    path: readonly Vector3[],
    stretch: number,
    aside: number,
    joints: Joints,
    to: string,
  ): void {
    const points =
      path.length > 3 ? through(path, LINE_POINTS) : path.length === 3 ? spaced(path, LINE_POINTS) : hung(path[0]!, path[1]!, stretch)
    const along = points[LINE_POINTS - 1]!.clone().sub(points[0]!).normalize()
    const across = sideways(joints, to, along)
    for (const point of points) point.addScaledVector(across, aside)
    this.lay(tube, points, stretch, across)
  }

  private lay(tube: number, points: readonly Vector3[], stretch: number, across: Vector3): void {
    const { wide, thick } = section(stretch)
    this.bands.flat(
      tube,
      points,
      () => wide,
      () => thick,
      across,
    )
  }

  dispose(): void {
    this.bands.geometry.dispose()
    this.cables.geometry.dispose()
  }
}

/** Adds a thing that shines faintly through what is in front of it. */
export function addSeenThrough(group: Group, geometry: BufferGeometry, seen: Material, behind: Material): void {
  for (const material of [behind, seen]) {
    const mesh = new Mesh(geometry, material)
    mesh.frustumCulled = false
    mesh.renderOrder = material === behind ? -1 : 0
    group.add(mesh)
  }
}

function pathOf(
  load: DrawnLoad,
  from: string | null,
  to: string,
  joints: Joints,
  stature: number,
): Vector3[] | null {
  if (from === null || load.kind === 'body-weight' || load.kind === 'weight') return null
  if (from.startsWith('hand') && to.startsWith('hand')) return overChest(joints, stature, joints.hand_r, joints.hand_l)
  const [a, b] = [placeOf(from, load, joints), placeOf(to, load, joints)]
  if (!a || !b) return null
  // A band that is trodden on comes out beside the shoe.
  if (from.startsWith('foot') && a.z < UNDER) a.y += Math.sign(a.y) * SOLE
  return [lifted(a), lifted(b)]
}

/** Past a kettlebell's ball instead of through it. */
function besideBell([from, to]: readonly Vector3[], { ball, radius, outward }: Bell): Vector3[] {
  const past = ball.clone().addScaledVector(outward, radius + APART / 2)
  return [from!, past, to!]
}

/** Where a strand lies beside the others of its line [m]. */
function offset(load: DrawnLoad, copy: number, many: number, before: number): number {
  return (copy - (many - 1) / 2 + before * (before > 0 ? 1 : 0)) * APART
}

/** The way strands lie side by side: along the handle they are held by. */
function sideways(joints: Joints, to: string, along: Vector3): Vector3 {
  const hand = to === 'hand_l' ? 'l' : to === 'hand_r' ? 'r' : null
  const wanted = hand
    ? grasp(joints, hand).handle.clone()
    : new Vector3(Math.abs(along.x) > 0.8 ? 0 : 1, Math.abs(along.x) > 0.8 ? 1 : 0, 0)
  wanted.addScaledVector(along, -wanted.dot(along))
  return wanted.lengthSq() > 1e-4
    ? wanted.normalize()
    : new Vector3(0, 0, 1).addScaledVector(along, -along.z).normalize()
}

/** The middle of a forearm where a mini band lies. */
function aboveWrist(joints: Joints, side: Side, stature: number): Vector3 {
  const hand = joints[`hand_${side}`]
  const fore = joints[`elbow_${side}`].clone().sub(joints[`wrist_${side}`]).normalize()
  return hand
    .clone()
    .addScaledVector(fore, GRIP_ALONG * stature + ABOVE_WRIST)
    .addScaledVector(grasp(joints, side).palm, -GRIP_ACROSS * stature)
}

/** Ends on the floor lie on it, not in it. */
const lifted = (p: Vector3): Vector3 => (p.z < UNDER ? p.clone().setZ(UNDER) : p)
