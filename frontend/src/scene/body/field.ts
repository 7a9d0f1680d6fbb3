/** Signed distances of rounded shapes and their smooth union: negative inside [m]. */

export type Point = readonly [number, number, number]

export interface Shape {
  bone: number
  /** Distance; exact outside cones, near enough elsewhere. */
  distance(x: number, y: number, z: number): number
  /** A ball that holds all of it. */
  centre: Point
  reach: number
  /** Width over which it melts into the rest [m]. */
  soft: number
}

/** A cone with round ends: balls of two radii and their common hull. */
export function cone(bone: number, a: Point, b: Point, ra: number, rb: number, soft = 0.02): Shape {
  const [dx, dy, dz] = [b[0] - a[0], b[1] - a[1], b[2] - a[2]]
  const length = Math.max(Math.hypot(dx, dy, dz), 1e-6)
  const [ux, uy, uz] = [dx / length, dy / length, dz / length]
  // The hull's side leans by the difference of the radii; where one ball swallows the other there is no side.
  const slope = Math.max(-0.999, Math.min(0.999, (ra - rb) / length))
  const level = Math.sqrt(1 - slope * slope)
  return {
    bone,
    soft,
    centre: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2],
    reach: length / 2 + Math.max(ra, rb),
    distance(x, y, z) {
      const px = x - a[0]
      const py = y - a[1]
      const pz = z - a[2]
      const along = px * ux + py * uy + pz * uz
      const away = Math.sqrt(Math.max(px * px + py * py + pz * pz - along * along, 0))
      const onSide = along * level - away * slope
      if (onSide <= 0) return Math.sqrt(along * along + away * away) - ra
      if (onSide >= length * level) return Math.sqrt((along - length) ** 2 + away * away) - rb
      return away * level + along * slope - ra
    },
  }
}

/** A triangle with rounded edges, twice as thick as its radius. */
export function plate(bone: number, a: Point, b: Point, c: Point, radius: number, soft = 0.02): Shape {
  const edges = [edge(a, b), edge(b, c), edge(c, a)] as const
  const [u, v] = [edges[0], edges[2]]
  const normal = unit(v.y * u.z - v.z * u.y, v.z * u.x - v.x * u.z, v.x * u.y - v.y * u.x)
  const centre: Point = [(a[0] + b[0] + c[0]) / 3, (a[1] + b[1] + c[1]) / 3, (a[2] + b[2] + c[2]) / 3]
  return {
    bone,
    soft,
    centre,
    reach: radius + Math.max(...[a, b, c].map((p) => Math.hypot(p[0] - centre[0], p[1] - centre[1], p[2] - centre[2]))),
    distance(x, y, z) {
      let over = true
      let least = Infinity
      for (const e of edges) {
        const px = x - e.from[0]
        const py = y - e.from[1]
        const pz = z - e.from[2]
        // Seen along the normal, a place is over the triangle or nearest to one of its edges.
        const inward =
          (normal[1] * e.z - normal[2] * e.y) * px +
          (normal[2] * e.x - normal[0] * e.z) * py +
          (normal[0] * e.y - normal[1] * e.x) * pz
        if (inward < 0) over = false
        const share = Math.min(1, Math.max(0, (px * e.x + py * e.y + pz * e.z) / e.square))
        const far = (px - share * e.x) ** 2 + (py - share * e.y) ** 2 + (pz - share * e.z) ** 2
        if (far < least) least = far
      }
      if (!over) return Math.sqrt(least) - radius
      return (
        Math.abs((x - a[0]) * normal[0] + (y - a[1]) * normal[1] + (z - a[2]) * normal[2]) - radius
      )
    },
  }
}

function edge(from: Point, to: Point) {
  const [x, y, z] = [to[0] - from[0], to[1] - from[1], to[2] - from[2]]
  return { from, x, y, z, square: Math.max(x * x + y * y + z * z, 1e-12) }
}

function unit(x: number, y: number, z: number): Point {
  const length = Math.hypot(x, y, z) || 1
  return [x / length, y / length, z / length]
}

/** An ellipsoid with its own axes (rows of `axes`), or those of the world. */
export function ellipsoid(
  bone: number,
  c: Point,
  r: Point,
  soft = 0.02,
  axes: readonly Point[] = WORLD,
): Shape {
  const [e0, e1, e2] = axes as [Point, Point, Point]
  return {
    bone,
    soft,
    centre: c,
    reach: Math.max(...r),
    distance(x, y, z) {
      const px = x - c[0]
      const py = y - c[1]
      const pz = z - c[2]
      const u = (px * e0[0] + py * e0[1] + pz * e0[2]) / r[0]
      const v = (px * e1[0] + py * e1[1] + pz * e1[2]) / r[1]
      const w = (px * e2[0] + py * e2[1] + pz * e2[2]) / r[2]
      const level = Math.sqrt(u * u + v * v + w * w)
      const steep = Math.sqrt((u / r[0]) ** 2 + (v / r[1]) ** 2 + (w / r[2]) ** 2)
      return steep > 1e-9 ? (level * (level - 1)) / steep : -Math.min(...r)
    },
  }
}

const WORLD: readonly Point[] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
]

/** One level of a trunk: height, half width, and how far it reaches behind and in front of the axis [m]. */
export interface Level {
  z: number
  width: number
  back: number
  front: number
}

/** Roundness of the trunk's sections: 2 is an ellipse, more is boxier. */
const SQUARE = 2.35

/** How far out a place lies in a trunk's section: 1 on its skin; with the height that was used. */
export type Sections = (x: number, y: number, z: number) => { ring: number; least: number; height: number }

export function sections(levels: readonly Level[]): Sections {
  const [low, high] = [levels[0]!.z, levels[levels.length - 1]!.z]
  const width = smooth(levels.map((l) => [l.z, l.width]))
  const back = smooth(levels.map((l) => [l.z, l.back]))
  const front = smooth(levels.map((l) => [l.z, l.front]))
  return (x, y, z) => {
    const height = Math.min(high, Math.max(low, z))
    const w = width(height)
    const d = x < 0 ? back(height) : front(height)
    const ring = (Math.abs(x / d) ** SQUARE + Math.abs(y / w) ** SQUARE) ** (1 / SQUARE)
    return { ring, least: Math.min(w, d), height }
  }
}

/** An upright trunk of rounded sections about x = 0. */
export function loft(bone: number, levels: readonly Level[], soft = 0.03): Shape {
  const [low, high] = [levels[0]!.z, levels[levels.length - 1]!.z]
  const widest = Math.max(...levels.map((l) => Math.max(l.width, l.back, l.front)))
  const section = sections(levels)
  return {
    bone,
    soft,
    centre: [0, 0, (low + high) / 2],
    reach: (high - low) / 2 + widest,
    distance(x, y, z) {
      const { ring, least, height } = section(x, y, z)
      const side = (ring - 1) * least
      const beyond = z - height
      return beyond === 0 ? side : Math.sqrt(Math.max(side, 0) ** 2 + beyond * beyond) + Math.min(side, 0)
    },
  }
}

/** A curve through points (x, y) that never overshoots: cubic with the slopes of Fritsch and Carlson. */
export function smooth(points: readonly (readonly [number, number])[]): (x: number) => number {
  const n = points.length
  const X = points.map((p) => p[0])
  const Y = points.map((p) => p[1])
  const step = X.slice(1).map((x, i) => x - X[i]!)
  const rise = Y.slice(1).map((y, i) => (y - Y[i]!) / step[i]!)
  const slope = Y.map((_, i) => {
    const [before, after] = [rise[i - 1] ?? 0, rise[i] ?? 0]
    return before * after <= 0 ? 0 : (2 * before * after) / (before + after)
  })
  return (x) => {
    let i = 0
    while (i < n - 2 && x > X[i + 1]!) i++
    const h = step[i]!
    const t = Math.min(1, Math.max(0, (x - X[i]!) / h))
    const t2 = t * t
    const t3 = t2 * t
    return (
      (2 * t3 - 3 * t2 + 1) * Y[i]! +
      (t3 - 2 * t2 + t) * slope[i]! * h +
      (3 * t2 - 2 * t3) * Y[i + 1]! +
      (t3 - t2) * slope[i + 1]! * h
    )
  }
}

/** The smaller of two distances, rounded where they meet. */
export function melt(a: number, b: number, width: number): number {
  const near = Math.max(width - Math.abs(a - b), 0)
  return Math.min(a, b) - (near * near) / (4 * width)
}

export type Field = (x: number, y: number, z: number) => number

/** The smooth union of shapes on the left of the plane y = 0 and of others, given as if they were there, on its right. */
export class Union {
  constructor(
    private readonly left: readonly Shape[],
    private readonly right = left,
  ) {}

  readonly at: Field = (x, side, z) => {
    const y = Math.abs(side)
    let found = 1
    for (const shape of side < 0 ? this.right : this.left) {
      const c = shape.centre
      const dx = x - c[0]
      const dy = y - c[1]
      const dz = z - c[2]
      // Squares are compared, since most shapes are far away and roots are dear.
      const near = found + shape.soft + shape.reach
      if (near < 0 || dx * dx + dy * dy + dz * dz > near * near) continue
      found = melt(found, shape.distance(x, y, z), shape.soft)
    }
    return found
  }

  /** The same field within a ball, asked of only those shapes that can matter there. */
  within(x: number, side: number, z: number, radius: number): Union {
    const y = Math.abs(side)
    const most = this.at(x, side, z) + 2 * radius
    // A ball lies on one side, or so near the middle that both are alike.
    return new Union(
      (side < 0 ? this.right : this.left).filter(({ centre: c, reach, soft }) => {
        const near = most + soft + reach
        return near > 0 && (x - c[0]) ** 2 + (y - c[1]) ** 2 + (z - c[2]) ** 2 < near * near
      }),
    )
  }
}
