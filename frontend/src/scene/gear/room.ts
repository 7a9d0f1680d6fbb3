import { Group, Mesh, SphereGeometry, TorusGeometry, Vector3 } from 'three'
import type { Furniture } from '../types'
import type { DrawnLoad } from './loads'
import { type Metals, box, rod } from './weights'

/** Width and height of an ordinary door leaf [m]. */
const DOOR = [0.82, 2.03] as const
/** An anchor lower than this is a ring on a short post, or on the floor [m]. */
const LOW = 0.3
const ON_FLOOR = 0.1
const BAR_RADIUS = 0.014
/** Cosine between where a door is and where the eye is, from which on it would hide the person. */
const IN_THE_WAY = 0.75

const metres = (mm: readonly number[]) => new Vector3(...(mm as [number, number, number])).divideScalar(1000)

export interface RoomMaterials extends Metals {
  pad: Metals['body']
  panel: Metals['body']
}

/** What stands in the room: bar, bench, doors, cable columns and the rings that anchors hang on. */
export class Room {
  readonly group = new Group()
  private readonly furniture = new Group()
  private readonly anchors = new Group()
  private stacks: { lifted: Group; load: DrawnLoad }[] = []
  /** Doors and columns, and which way the person is not. */
  private backdrops: { group: Group; away: Vector3 }[] = []

  constructor(private readonly materials: RoomMaterials) {
    this.group.add(this.furniture, this.anchors)
  }

  setFurniture(objects: readonly Furniture[]): void {
    empty(this.furniture)
    for (const object of objects)
      this.furniture.add(object.kind === 'bar' ? this.bar(object.ends_mm) : this.bench(object))
  }

  setAnchors(loads: readonly DrawnLoad[]): void {
    empty(this.anchors)
    this.stacks = []
    this.backdrops = []
    const doors = new Map<string, Vector3[]>()
    for (const load of loads) {
      const at = load.anchor
      if (!at) continue
      if (load.kind === 'cable') this.column(at, load)
      else if (at.z < LOW) {
        if (at.z >= ON_FLOOR) this.post(at)
      } else {
        const beside = Math.abs(at.y) > Math.abs(at.x)
        const key = `${beside} ${Math.round(100 * (beside ? at.y : at.x))}`
        doors.set(key, [...(doors.get(key) ?? []), at])
      }
      this.anchors.add(this.ring(at))
    }
    for (const [key, spots] of doors) this.door(spots, key.startsWith('true'))
  }

  private ring(at: Vector3): Mesh {
    const ring = new Mesh(new TorusGeometry(0.024, 0.0055, 6, 16), this.materials.dark)
    ring.position.copy(at)
    if (at.z >= ON_FLOOR) ring.rotation.y = Math.PI / 2
    else ring.rotation.x = Math.PI / 2
    return ring
  }

  private bar(ends: number[][]): Group {
    const group = new Group()
    const [a, b] = ends.map(metres) as [Vector3, Vector3]
    group.add(rod(a, b, BAR_RADIUS, this.materials.dark))
    for (const end of [a, b]) {
      const bend = new Mesh(new SphereGeometry(BAR_RADIUS, 10, 6), this.materials.dark)
      bend.position.copy(end)
      group.add(bend, rod(end, end.clone().setZ(end.z + 0.12), BAR_RADIUS, this.materials.dark))
    }
    return group
  }

  private bench({ corner_mm, edges_mm, legs_mm }: Extract<Furniture, { kind: 'bench' }>): Group {
    const group = new Group()
    group.add(box(metres(corner_mm), edges_mm.map(metres), this.materials.pad))
    for (const leg of legs_mm) {
      const [top, foot] = leg.map(metres) as [Vector3, Vector3]
      group.add(rod(top, foot, 0.022, this.materials.dark))
      group.add(
        rod(
          foot.clone().add(new Vector3(0, -0.2, 0.02)),
          foot.clone().add(new Vector3(0, 0.2, 0.02)),
          0.02,
          this.materials.dark,
        ),
      )
    }
    return group
  }

  /** A post behind a ring that is too low for a door. */
  private post(at: Vector3): void {
    const away = new Vector3(at.x, at.y, 0).normalize()
    const foot = at.clone().setZ(0).addScaledVector(away, 0.03)
    this.backdrop(away).add(rod(foot, foot.clone().setZ(at.z + 0.05), 0.02, this.materials.body))
  }

  private backdrop(away: Vector3): Group {
    const group = new Group()
    this.anchors.add(group)
    this.backdrops.push({ group, away })
    return group
  }

  /** Leaves away what stands between the eye and the person, as on a stage; `toward` points to the eye. */
  openTo(toward: Vector3): void {
    for (const { group, away } of this.backdrops) group.visible = away.dot(toward) < IN_THE_WAY
  }

  private column(at: Vector3, load: DrawnLoad): void {
    const away = new Vector3(at.x, at.y, 0).normalize()
    const group = this.backdrop(away)
    const tall = Math.max(at.z + 0.15, 1.9)
    const across = new Vector3(-away.y, away.x, 0)
    const base = new Vector3(at.x, at.y, 0).addScaledVector(away, 0.09)
    for (const side of [-0.11, 0.11]) {
      const foot = base.clone().addScaledVector(across, side)
      group.add(rod(foot, foot.clone().setZ(tall), 0.018, this.materials.body))
    }
    group.add(
      box(
        base.clone().addScaledVector(across, -0.13).addScaledVector(away, -0.03).setZ(tall),
        [away.clone().multiplyScalar(0.06), across.clone().multiplyScalar(0.26), new Vector3(0, 0, 0.04)],
        this.materials.dark,
      ),
    )
    const lifted = new Group()
    for (let i = 0; i < 8; i++) {
      const plate = box(
        base
          .clone()
          .addScaledVector(across, -0.085)
          .addScaledVector(away, -0.035)
          .setZ(0.08 + i * 0.046),
        [away.clone().multiplyScalar(0.07), across.clone().multiplyScalar(0.17), new Vector3(0, 0, 0.04)],
        this.materials.dark,
      )
      // The upper half of the stack is on the pin.
      ;(i >= 4 ? lifted : group).add(plate)
    }
    group.add(lifted)
    const arm = base.clone().setZ(at.z)
    group.add(rod(arm, at.clone().addScaledVector(away, 0.02), 0.012, this.materials.dark))
    this.stacks.push({ lifted, load })
  }

  /** The outermost places of all that is seen here. */
  corners(): Vector3[] {
    const found: Vector3[] = []
    this.group.updateMatrixWorld(true)
    this.group.traverseVisible((part) => {
      if (!(part instanceof Mesh)) return
      part.geometry.computeBoundingBox()
      const { min, max } = part.geometry.boundingBox!
      for (let i = 0; i < 8; i++)
        found.push(
          new Vector3(i & 1 ? max.x : min.x, i & 2 ? max.y : min.y, i & 4 ? max.z : min.z).applyMatrix4(part.matrixWorld),
        )
    })
    return found
  }

  /** Stacks rise as far as their cable has been drawn out since the start. */
  lift(out: (load: DrawnLoad) => number): void {
    for (const { lifted, load } of this.stacks) lifted.position.z = Math.min(Math.max(out(load), 0), 1.1)
  }

  private door(spots: readonly Vector3[], beside: boolean): void {
    const at = spots.reduce((sum, spot) => sum.add(spot), new Vector3()).divideScalar(spots.length)
    const [width, height] = [DOOR[0], Math.max(DOOR[1], Math.max(...spots.map((s) => s.z)) + 0.02)]
    const along = beside ? new Vector3(1, 0, 0) : new Vector3(0, 1, 0)
    const away = beside ? new Vector3(0, Math.sign(at.y), 0) : new Vector3(Math.sign(at.x), 0, 0)
    const foot = at
      .clone()
      .setZ(0)
      .addScaledVector(away, 0.012)
      .addScaledVector(along, -width / 2)
    const leaf = box(
      foot,
      [along.clone().multiplyScalar(width), away.clone().multiplyScalar(0.04), new Vector3(0, 0, height)],
      this.materials.panel,
    )
    leaf.renderOrder = 1
    this.backdrop(away).add(leaf)
  }

  dispose(): void {
    empty(this.furniture)
    empty(this.anchors)
  }
}

export function empty(group: Group): void {
  group.traverse((part) => part instanceof Mesh && part.geometry.dispose())
  group.clear()
}
