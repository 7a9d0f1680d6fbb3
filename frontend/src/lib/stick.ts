/** The body as a few strokes: small poses under the curves, and the figure where 3D cannot be drawn. */

export type Role = 'far' | 'near' | 'band' | 'slack' | 'weight' | 'anchor' | 'bar'

export interface Stroke {
  role: Role
  points: [number, number][]
  /** Line width, or the radius where there is one point [m]. */
  size: number
}

/** What a stroke is drawn from: places pose by pose, and what pulls between them; analyses and small pictures have it. */
export interface Drawable {
  phase: readonly number[]
  positions_m: Readonly<Record<string, readonly Vec[]>>
  loads: readonly { kind: string; ends: readonly { from?: string | null; to: string }[]; stretch_ratio?: readonly number[] | null }[]
}

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

type Vec = readonly number[]

/** Seen from the person's right and a little from behind: facing right, up is up. */
const TURN = (25 * Math.PI) / 180
/** How much higher what is further away appears. */
const TILT = 0.12

const flat = (p: Vec): [number, number] => {
  const [x = 0, y = 0, z = 0] = p
  return [x * Math.cos(TURN) - y * Math.sin(TURN), -z - TILT * (x * Math.sin(TURN) + y * Math.cos(TURN))]
}

const half = (a?: Vec, b?: Vec): Vec | undefined => a && b && a.map((value, axis) => (value + (b[axis] ?? 0)) / 2)

const LIMB = 0.075

export function strokesAt(drawn: Drawable, pose: number): Stroke[] {
  const at = (name: string): Vec | undefined => drawn.positions_m[name]?.[pose]
  const line = (role: Role, size: number, ...names: string[]): Stroke[] => {
    const points = names.map(at).filter((one) => one !== undefined).map(flat)
    return points.length > 1 ? [{ role, size, points }] : []
  }
  const limbs = (side: 'r' | 'l', role: Role) => ({
    leg: line(role, LIMB * 1.25, `hip_${side}`, `knee_${side}`, `ankle_${side}`, `foot_${side}`),
    arm: line(role, LIMB, `shoulder_${side}`, `elbow_${side}`, `wrist_${side}`, `hand_${side}`),
  })
  const loads = loadsOf(drawn, pose)
  const close = loads.filter(([far]) => !far).map(([, stroke]) => stroke)
  // The trunk's own middle: its named places lie on breast bone and spine.
  const nape = half(at('neck'), at('suprasternal_notch'))
  const trunk = [at('pelvis'), at('lumbosacral'), half(at('sternum'), at('upper_back')), nape].filter((one) => one !== undefined)
  const far = limbs('l', 'far')
  const near = limbs('r', 'near')
  return [
    ...barOf(drawn, pose),
    ...far.arm,
    ...far.leg,
    ...loads.filter(([far]) => far).map(([, stroke]) => stroke),
    { role: 'near', size: LIMB * 2.2, points: trunk.map(flat) },
    ...headOf(nape, at('vertex')),
    ...near.leg,
    ...close.filter((one) => one.role !== 'weight'),
    ...near.arm,
    // A weight hides the hand that holds it.
    ...close.filter((one) => one.role === 'weight'),
  ]
}

function headOf(neck: Vec | undefined, vertex: Vec | undefined): Stroke[] {
  if (!neck || !vertex) return []
  const middle = neck.map((value, axis) => value + 0.58 * ((vertex[axis] ?? 0) - value))
  return [{ role: 'near', size: 0.1, points: [flat(middle)] }]
}

function barOf(drawn: Drawable, pose: number): Stroke[] {
  const hangs = drawn.loads.some((one) => one.kind === 'body-weight')
  const bar = drawn.positions_m['bar']?.[pose]
  if (!hangs || !bar) return []
  const [x = 0, , z = 0] = bar
  return [{ role: 'bar', size: 0.04, points: [flat([x, 0.55, z]), flat([x, -0.55, z])] }]
}

/** What pulls, each with whether it is behind the body. */
function loadsOf(drawn: Drawable, pose: number): [boolean, Stroke][] {
  const found: [boolean, Stroke][] = []
  for (const load of drawn.loads) {
    if (load.kind === 'body-weight') continue
    const slack = (load.stretch_ratio?.[pose] ?? 2) < 1
    for (const end of load.ends) {
      const to = drawn.positions_m[end.to]?.[pose]
      const from = end.from ? drawn.positions_m[end.from]?.[pose] : undefined
      const far = end.to.endsWith('_l')
      if (!to) continue
      if (load.kind === 'weight') found.push([far, { role: 'weight', size: 0.065, points: [flat(to)] }])
      else if (from) found.push([far, { role: slack ? 'slack' : 'band', size: 0.03, points: [flat(from), flat(to)] }])
      if (from && end.from?.startsWith('anchor')) found.push([far, { role: 'anchor', size: 0.035, points: [flat(from)] }])
    }
  }
  return found
}

/** The frame that holds every pose, so that nothing jumps while it moves. */
export function frameOf(drawn: Drawable, margin = 0.12): Box {
  const points = [0, 0.25, 0.5, 0.75, 1].flatMap((phase) =>
    strokesAt(drawn, Math.round(phase * (drawn.phase.length - 1))).flatMap((one) => one.points),
  )
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  const [x, y] = [Math.min(...xs) - margin, Math.min(...ys) - margin]
  return { x, y, width: Math.max(...xs) + margin - x, height: Math.max(...ys) + margin - y }
}
