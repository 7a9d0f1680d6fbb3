import { Vector3 } from 'three'

/** Points along a band or cable. */
export const LINE_POINTS = 15

/** A flat band of relaxed half width and half thickness [m]; it keeps its volume as it stretches. */
const HALF_WIDTH = 0.0105
const HALF_THICK = 0.0045

/** Half width and half thickness at a stretch ratio: both shrink alike, so that the volume stays. */
export function section(stretch: number): { wide: number; thick: number } {
  const shrink = 1 / Math.sqrt(Math.max(stretch, 1))
  return { wide: HALF_WIDTH * shrink, thick: HALF_THICK * shrink }
}

/** A line from end to end: straight when taut; when slack it hangs as a chain of its rest length, never below the floor. */
export function hung(a: Vector3, b: Vector3, stretch: number, out: Vector3[] = []): Vector3[] {
  const distance = a.distanceTo(b)
  const drop = stretch < 1 && distance > 1e-6 ? sag(a, b, distance / Math.max(stretch, 0.15)) : null
  for (let i = 0; i < LINE_POINTS; i++) {
    const share = i / (LINE_POINTS - 1)
    const place = (out[i] ??= new Vector3()).lerpVectors(a, b, share)
    if (!drop) continue
    const floor = Math.min(place.z, 0.008)
    place.z = Math.max(place.z - drop(share), floor)
  }
  return out
}

/** Drop of a chain of a length below the straight line between its ends, by share of the way. */
export function sag(a: Vector3, b: Vector3, length: number): (share: number) => number {
  const span = Math.max(Math.hypot(b.x - a.x, b.y - a.y), 0.02)
  const rise = b.z - a.z
  // A chain of length L over span d and rise h hangs as c·cosh(x/c) with 2c·sinh(d/2c) = √(L² − h²).
  const wanted = Math.sqrt(Math.max(length * length - rise * rise, span * span * 1.000001))
  let [low, high] = [1e-6, 60]
  for (let i = 0; i < 60; i++) {
    const u = (low + high) / 2
    if (Math.sinh(u) / u < wanted / span) low = u
    else high = u
  }
  const c = span / (2 * low)
  const middle = span / 2 - c * Math.asinh(rise / wanted)
  const height = (x: number) => c * Math.cosh((x - middle) / c)
  const start = height(0)
  return (share) => Math.max(0, share * rise - (height(share * span) - start))
}

/** How many strands of a rig run along one line to one hand. */
export function strandsOf(rig: string | null | undefined, lines: number): number {
  const whole = { single: 2, hitched: 2, choked: 2, folded: 4, strand: 1, series: 2 }[rig ?? 'single'] ?? 2
  return Math.max(1, Math.round(whole / lines))
}
