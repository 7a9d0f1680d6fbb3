import { BufferAttribute, BufferGeometry, DynamicDrawUsage, Vector3 } from 'three'

/** Many bendable tubes in one buffer: muscles, bones, bands and cables are all such. */
export class Tubes {
  readonly geometry = new BufferGeometry()
  readonly positions: Float32Array
  readonly normals: Float32Array
  private readonly circle: readonly (readonly [number, number])[]

  constructor(
    readonly count: number,
    readonly rings: number,
    readonly sides: number,
  ) {
    const vertices = count * rings * sides
    this.positions = new Float32Array(vertices * 3)
    this.normals = new Float32Array(vertices * 3)
    this.circle = Array.from({ length: sides }, (_, s) => {
      const turn = (2 * Math.PI * s) / sides
      return [Math.cos(turn), Math.sin(turn)] as const
    })
    this.geometry.setAttribute('position', new BufferAttribute(this.positions, 3).setUsage(DynamicDrawUsage))
    this.geometry.setAttribute('normal', new BufferAttribute(this.normals, 3).setUsage(DynamicDrawUsage))
    this.geometry.setIndex(new BufferAttribute(indices(count, rings, sides), 1))
  }

  get perTube(): number {
    return this.rings * this.sides
  }

  /** One ring of a tube: an ellipse about a centre with half axes `a` along u and `b` along v. */
  ring(tube: number, ring: number, centre: Vector3, u: Vector3, v: Vector3, a: number, b: number): void {
    let at = (tube * this.rings + ring) * this.sides * 3
    for (const [cos, sin] of this.circle) {
      const [p, q] = [a * cos, b * sin]
      this.positions[at] = centre.x + p * u.x + q * v.x
      this.positions[at + 1] = centre.y + p * u.y + q * v.y
      this.positions[at + 2] = centre.z + p * u.z + q * v.z
      const [m, n] = [cos * b, sin * a]
      const length = Math.sqrt(m * m + n * n) || 1
      this.normals[at] = (m * u.x + n * v.x) / length
      this.normals[at + 1] = (m * u.y + n * v.y) / length
      this.normals[at + 2] = (m * u.z + n * v.z) / length
      at += 3
    }
  }

  /** A round tube along points, with a radius at each. */
  round(tube: number, points: readonly Vector3[], radius: (share: number) => number): void {
    this.flat(tube, points, radius, radius)
  }

  /** A tube along points whose section is an ellipse, wide along `across`. */
  flat(
    tube: number,
    points: readonly Vector3[],
    wide: (share: number) => number,
    thick: (share: number) => number,
    across?: Vector3,
  ): void {
    const [u, v, t] = [new Vector3(), new Vector3(), new Vector3()]
    const seed = across ?? square(points)
    for (let ring = 0; ring < this.rings; ring++) {
      const share = ring / (this.rings - 1)
      tangent(points, ring, t)
      u.copy(ring === 0 || across ? seed : u)
        .addScaledVector(t, -t.dot(ring === 0 || across ? seed : u))
        .normalize()
      v.crossVectors(t, u)
      this.ring(tube, ring, points[ring]!, u, v, wide(share), thick(share))
    }
  }

  hide(tube: number): void {
    const start = tube * this.perTube * 3
    this.positions.fill(0, start, start + this.perTube * 3)
  }

  /** Draws the first tubes only. */
  showFirst(tubes: number): void {
    this.geometry.setDrawRange(0, tubes * this.perTubeIndices)
  }

  /** The same tubes once more, of which others can be chosen. */
  twin(): BufferGeometry {
    const made = new BufferGeometry()
    for (const [name, attribute] of Object.entries(this.geometry.attributes)) made.setAttribute(name, attribute)
    made.setIndex(this.geometry.getIndex()!.clone())
    return made
  }

  /** Draws only some tubes of a geometry, this one's or a twin. */
  choose(geometry: BufferGeometry, tubes: readonly number[]): void {
    const index = geometry.getIndex()!
    let at = 0
    for (const tube of tubes) at = facesOf(tube, this.rings, this.sides, index.array as Uint32Array, at)
    index.needsUpdate = true
    geometry.setDrawRange(0, at)
  }

  private get perTubeIndices(): number {
    return (this.rings - 1) * this.sides * 6
  }

  changed(): void {
    this.geometry.getAttribute('position').needsUpdate = true
    this.geometry.getAttribute('normal').needsUpdate = true
  }
}

function indices(count: number, rings: number, sides: number): Uint32Array {
  const out = new Uint32Array(count * (rings - 1) * sides * 6)
  for (let tube = 0, at = 0; tube < count; tube++) at = facesOf(tube, rings, sides, out, at)
  return out
}

/** Writes a tube's triangles at a place of an index; answers the place after them. */
function facesOf(tube: number, rings: number, sides: number, out: Uint32Array, at: number): number {
  for (let ring = 0; ring < rings - 1; ring++)
    for (let side = 0; side < sides; side++) {
      const base = (tube * rings + ring) * sides
      const next = (side + 1) % sides
      const [a, b, c, d] = [base + side, base + next, base + sides + side, base + sides + next]
      for (const corner of [a, b, c, b, d, c]) out[at++] = corner
    }
  return at
}

export function tangent(points: readonly Vector3[], index: number, out: Vector3): Vector3 {
  const before = points[Math.max(index - 1, 0)]!
  const after = points[Math.min(index + 1, points.length - 1)]!
  out.subVectors(after, before)
  return out.lengthSq() > 1e-12 ? out.normalize() : out.set(0, 0, 1)
}

/** Any direction square to the first step. */
function square(points: readonly Vector3[]): Vector3 {
  const t = tangent(points, 0, new Vector3())
  const least = Math.abs(t.y) < 0.8 ? new Vector3(0, 1, 0) : new Vector3(1, 0, 0)
  return least.addScaledVector(t, -t.dot(least)).normalize()
}

/** A smooth line through points, at `count` even steps of its parameter (Catmull and Rom). */
export function through(points: readonly Vector3[], count: number, out: Vector3[] = []): Vector3[] {
  const last = points.length - 1
  for (let i = 0; i < count; i++) {
    const at = (i / (count - 1)) * last
    const index = Math.min(Math.floor(at), last - 1)
    const t = at - index
    const [b, c] = [points[index]!, points[index + 1]!]
    const a = points[index - 1] ?? b
    const d = points[index + 2] ?? c
    const [t2, t3] = [t * t, t * t * t]
    const place = (out[i] ??= new Vector3())
    place.set(0, 0, 0)
    place.addScaledVector(a, (-t3 + 2 * t2 - t) / 2)
    place.addScaledVector(b, (3 * t3 - 5 * t2 + 2) / 2)
    place.addScaledVector(c, (-3 * t3 + 4 * t2 + t) / 2)
    place.addScaledVector(d, (t3 - t2) / 2)
  }
  return out
}

export function lengthOf(points: readonly Vector3[]): number {
  let sum = 0
  for (let i = 1; i < points.length; i++) sum += points[i]!.distanceTo(points[i - 1]!)
  return sum
}
