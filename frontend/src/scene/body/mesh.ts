import { Union } from './field'
import { type Joints, SIDES, jointsAt } from './joints'
import { type Lens, warp } from './lens'
import { type Measures, measure } from './measures'
import type { Repetition } from '../repetition'
import type { Side } from '../types'
import { restJoints } from './rest'
import { shapes } from './shape'
import { type Skeleton, skeleton } from './skeleton'
import { type Surface, surfaceNets } from './surface'
import { type Weights, weights } from './weights'

/** One body's skin in its rest pose, what moves it, and its stiff bones. */
export interface Mesh {
  surface: Surface
  weights: Weights
  skeleton: Skeleton
}

/** Edge of a cell [m]: about seventeen thousand triangles for the whole skin. */
export const CELL = 0.0205
/** The same where no graphics chip draws: about six thousand. */
export const COARSE_CELL = 0.036

/** The hand that neither works nor rests on a bench. */
export function freeHand({ working, posture }: Repetition): Side | null {
  if (posture === 'bench-supported') return null
  return SIDES.find((side) => !working.includes(side)) ?? null
}

/** The mesh of a body that goes through a repetition. */
export function meshed(repetition: Repetition, cell = CELL): Mesh {
  const m = measure(repetition)
  const free = freeHand(repetition)
  const rest = restJoints(m)
  const [left, right] = [shapes(m, rest, free === 'l'), shapes(m, rest, free === 'r')]
  const arm = rest.hand_l
  const box = {
    low: [-0.2 * m.stature, -arm.y - 0.24, -0.06] as const,
    high: [Math.max(arm.x, 0.12 * m.stature) + 0.24, arm.y + 0.24, rest.vertex.z + 0.1] as const,
  }
  const surface = surfaceNets(new Union(left, right), warp(lenses(m, rest)), box, cell)
  return {
    surface,
    weights: weights(surface, left, right, rest),
    // Any pose of the same body does: its shoulder blades do not bend.
    skeleton: skeleton(jointsAt(repetition, 0), m.stature, cell > CELL),
  }
}

/** Hands and head are small and looked at: they get a finer net. */
function lenses(m: Measures, j: Joints): Lens[] {
  const size = m.stature / 1.8
  const hand = j.hand_l
  return [
    { centre: [hand.x, hand.y, hand.z], power: 2.6, inner: 0.2 * size, outer: 0.46 * size },
    {
      centre: [0.02 * m.stature, 0, j.vertex.z - 0.07 * m.stature],
      power: 1.3,
      inner: 0.18 * size,
      outer: 0.29 * size,
    },
  ]
}
