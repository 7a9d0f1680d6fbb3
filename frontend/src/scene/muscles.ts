import {
  BufferAttribute,
  Color,
  DynamicDrawUsage,
  Group,
  type Material,
  Mesh,
  type Raycaster,
  Vector3,
} from 'three'
import type { Joints } from './body/joints'
import type { BodyMesh } from './body'
import { Ribs } from './body/ribs'
import { type Palette, muscleColour } from './colours'
import { SOLID, SOLID_FROM } from './materials'
import { type Muscle, type Repetition, blend, between, value } from './repetition'
import { Tubes, lengthOf, tangent, through } from './tubes'

/** Rings along a muscle and corners of each. */
const FINE = { rings: 10, sides: 6 }
const COARSE = { rings: 8, sides: 5 }

/** How far a sheet reaches past its outer bundles, in distances between bundles, and bundles into each other. */
const BEYOND = 0.42
const OVERLAP = 1.08
/** How deep under the first one a working muscle is still meant by a tap [m]. */
const THROUGH = 0.06
/** Lines of arm muscles lie away from the chest and are never drawn back under its skin. */
const ON_ARM = /^(biceps|triceps|brachialis|coracobrachialis|deltoid)/
/** Most that a muscle is drawn thicker or thinner than its ordinary self: short lines over a joint change by more. */
const MOST_BULGE = 1.35
const THINNEST = 0.0022
const THICKEST = 0.017

/** Thickness of a muscle along it as a share of its belly's radius: tendons at both ends. */
export const profile = (share: number): number => 0.16 + 0.84 * Math.max(Math.sin(Math.PI * share), 0) ** 0.8

/** How much of a place along a muscle is tendon: all at its ends, none in its middle. */
const sinew = (share: number): number => Math.max(1 - 6.5 * Math.min(share, 1 - share), 0) ** 1.5
/** How far tendon takes the colour of bone. */
const TENDON = 0.7

/** Mean square of the profile: what a radius at the belly means for volume. */
const FULLNESS = (() => {
  let sum = 0
  for (let i = 0; i < 200; i++) sum += profile((i + 0.5) / 200) ** 2 / 200
  return sum
})()

/** Radius at the belly of a muscle of a volume [m³] at a length [m]: it bulges as it shortens. */
export const bellyRadius = (volume: number, length: number): number =>
  Math.sqrt(volume / (Math.PI * FULLNESS * Math.max(length, 1e-3)))

/** Volume of a muscle with this belly radius at this length. */
export const volumeOf = (radius: number, length: number): number => Math.PI * FULLNESS * radius ** 2 * length

interface Bundle extends Muscle {
  volume: number
  /** Neighbours in the same sheet, as indices. */
  before: number
  after: number
}

/** All muscles of a repetition in one buffer, coloured by how hard they work. */
export class Muscles {
  readonly group = new Group()
  private readonly bundles: Bundle[]
  private readonly tubes: Tubes
  private readonly tint: Float32Array
  private readonly lines: Vector3[][]
  private readonly solid: Mesh
  private readonly glass: Mesh
  private readonly rings: number
  private readonly sinew: number[]
  /** Which muscles were working when triangles were last dealt out, one letter each. */
  private dealt = ''
  private readonly ribs: Ribs
  private activation: Record<string, ArrayLike<number>> = {}
  private marked: string | null = null

  constructor(
    private readonly repetition: Repetition,
    body: BodyMesh,
    [solid, glass]: readonly [Material, Material],
    private palette: Palette,
    coarse = false,
  ) {
    const { rings, sides } = coarse ? COARSE : FINE
    this.rings = rings
    this.sinew = Array.from({ length: rings }, (_, ring) => sinew(ring / (rings - 1)))
    this.ribs = new Ribs(body)
    this.bundles = bundles(repetition, rings)
    this.tubes = new Tubes(this.bundles.length, rings, sides)
    this.tint = new Float32Array(this.bundles.length * this.tubes.perTube * 4)
    this.tubes.geometry.setAttribute('tint', new BufferAttribute(this.tint, 4).setUsage(DynamicDrawUsage))
    this.lines = this.bundles.map(() => Array.from({ length: rings }, () => new Vector3()))
    this.solid = new Mesh(this.tubes.geometry, solid)
    this.glass = new Mesh(this.tubes.twin(), glass)
    this.solid.renderOrder = 2
    this.glass.renderOrder = 3
    for (const mesh of [this.solid, this.glass]) {
      mesh.frustumCulled = false
      this.group.add(mesh)
    }
  }

  setActivation(muscles: Record<string, { activation: number[] }>): void {
    this.activation = Object.fromEntries(Object.entries(muscles).map(([id, m]) => [id, m.activation]))
  }

  setPalette(palette: Palette): void {
    this.palette = palette
  }

  mark(id: string | null): void {
    this.marked = id
  }

  setPhase(phase: number, joints: Joints): void {
    const { index, share } = between(phase, this.repetition.phases)
    this.ribs.place(joints)
    const knots = Array.from({ length: 8 }, () => new Vector3())
    this.bundles.forEach((bundle, b) => {
      const points = bundle.line.map((place, i) => blend(place, index, share, knots[i]!))
      if (!ON_ARM.test(bundle.id)) points.forEach((point) => this.ribs.tuck(point))
      through(points, this.rings, this.lines[b])
    })
    this.bundles.forEach((_, b) => this.shape(b))
    this.tubes.changed()
    this.paint(phase)
  }

  private shape(b: number): void {
    const bundle = this.bundles[b]!
    const line = this.lines[b]!
    const fitting = bundle.halfWidth * MOST_BULGE
    const belly = Math.min(
      fitting,
      Math.max(bundle.halfWidth / MOST_BULGE, bellyRadius(bundle.volume, lengthOf(line))),
    )
    if (bundle.before < 0 && bundle.after < 0) {
      this.tubes.round(b, line, (share) => belly * profile(share))
      return
    }
    const [u, v, t, centre] = [new Vector3(), new Vector3(), new Vector3(), new Vector3()]
    for (let ring = 0; ring < this.rings; ring++) {
      const wide = this.reach(bundle, line, ring, centre, u)
      v.crossVectors(tangent(line, ring, t), u).normalize()
      const area = (belly * profile(ring / (this.rings - 1))) ** 2
      const thick = Math.min(THICKEST, Math.max(THINNEST, area / Math.max(wide, 0.004)))
      this.tubes.ring(b, ring, centre, u, v, Math.max(wide, THINNEST), thick)
    }
  }

  /** Half the width of a sheet's bundle at a ring, from half way to one neighbour to half way to the other, so that
      bundles meet without a gap; sets its middle and direction. */
  private reach(bundle: Bundle, line: readonly Vector3[], ring: number, centre: Vector3, u: Vector3): number {
    const here = line[ring]!
    const low = this.lines[bundle.before]?.[ring]
    const high = this.lines[bundle.after]?.[ring]
    const from = low ? here.clone().lerp(low, 0.5) : beyond(here, high!, bundle.halfWidth)
    const to = high ? here.clone().lerp(high, 0.5) : beyond(here, low!, bundle.halfWidth)
    centre.lerpVectors(from, to, 0.5)
    u.subVectors(to, from)
    const width = u.length()
    if (width < 1e-5) u.set(0, 0, 1)
    else u.divideScalar(width)
    return (OVERLAP * width) / 2
  }

  activationOf(id: string, phase: number): number {
    const curve = this.activation[id]
    return curve ? value(curve, phase) : 0
  }

  /** Colours and glass of an instant. */
  paint(phase: number): void {
    const [colour, tinted] = [new Color(), new Color()]
    let working = ''
    this.bundles.forEach((bundle, b) => {
      const work = this.activationOf(bundle.id, phase)
      muscleColour(this.palette.muscle, work, colour)
      const marked = this.marked === bundle.id
      if (marked) colour.lerp(this.palette.colour.ink, 0.35)
      const shown = marked ? 1 : Math.min(1, work / SOLID_FROM)
      working += shown >= SOLID ? 'w' : 'i'
      for (let ring = 0; ring < this.rings; ring++) {
        tinted.copy(colour).lerp(this.palette.colour.bone, TENDON * this.sinew[ring]!)
        this.tintRing(b, ring, tinted, shown)
      }
    })
    this.tubes.geometry.getAttribute('tint').needsUpdate = true
    if (working !== this.dealt) this.deal(working)
  }

  private tintRing(b: number, ring: number, { r, g, b: blue }: Color, shown: number): void {
    const { sides, perTube } = this.tubes
    const start = (b * perTube + ring * sides) * 4
    for (let i = start; i < start + sides * 4; i += 4) {
      this.tint[i] = r
      this.tint[i + 1] = g
      this.tint[i + 2] = blue
      this.tint[i + 3] = shown
    }
  }

  /** Each muscle is drawn once: solid where it works, else as glass. */
  private deal(working: string): void {
    this.dealt = working
    const all = this.bundles.map((_, b) => b)
    this.tubes.choose(this.solid.geometry, all.filter((b) => working[b] === 'w'))
    this.tubes.choose(this.glass.geometry, all.filter((b) => working[b] === 'i'))
  }

  /** The muscle that a ray meets: a working one before an idle one that lies over it. */
  touched(ray: Raycaster, phase: number): { id: string; name: string; activation: number } | null {
    this.tubes.geometry.computeBoundingSphere()
    this.glass.geometry.boundingSphere = this.tubes.geometry.boundingSphere
    const hits = ray.intersectObjects([this.solid, this.glass], false)
    const nearest = hits[0]?.distance ?? 0
    const near = hits.filter((hit) => hit.distance < nearest + THROUGH)
    const found = near.map((hit) => {
      const { id, name } = this.bundles[Math.floor((hit.face?.a ?? 0) / this.tubes.perTube)]!
      return { id, name, activation: this.activationOf(id, phase) }
    })
    return found.find((one) => one.activation >= SOLID_FROM) ?? found[0] ?? null
  }

  dispose(): void {
    this.tubes.geometry.dispose()
    this.glass.geometry.dispose()
  }
}

/** The outer edge of a sheet: past its last bundle, away from the neighbour. */
function beyond(here: Vector3, neighbour: Vector3, most: number): Vector3 {
  const away = here.clone().sub(neighbour)
  const width = away.length()
  return here.clone().addScaledVector(away, width > 1e-6 ? Math.min(BEYOND, most / width) : 0)
}

/** Round muscles whose bundles lie side by side about a joint; drawn as sheets as well. */
const CAPS = ['deltoid', 'supraspinatus']

function bundles(repetition: Repetition, rings: number): Bundle[] {
  const { muscles, phases } = repetition
  const sheet = (index: number) => {
    const one = muscles[index]
    const name = one?.sheet ?? CAPS.find((cap) => one?.id.startsWith(cap)) ?? null
    return one && name !== null ? `${name}${one.id.slice(-1)}` : null
  }
  return muscles.map((muscle, index) => {
    const own = sheet(index)
    const middle = Math.floor(phases / 2)
    const line = through(
      muscle.line.map((place) => blend(place, middle, 0, new Vector3())),
      rings,
    )
    return {
      ...muscle,
      volume: volumeOf(muscle.halfWidth, lengthOf(line)),
      before: own !== null && sheet(index - 1) === own ? index - 1 : -1,
      after: own !== null && sheet(index + 1) === own ? index + 1 : -1,
    }
  })
}
