import type { Matrix4 } from 'three'
import { Union } from './field'
import { type Joints, SIDES, jointsAt } from './joints'
import { type Lens, warp } from './lens'
import { type Measures, bodyKey, measure } from './measures'
import type { Repetition } from '../repetition'
import type { Side } from '../types'
import { restJoints } from './rest'
import { pose } from './rig'
import { shapes } from './shape'
import { type Skeleton, skeleton } from './skeleton'
import { type Surface, surfaceNets } from './surface'
import { type Weights, weights } from './weights'

/** One body's skin in its rest pose, ready to be bent. */
export interface BodyMesh {
  measures: Measures
  surface: Surface
  weights: Weights
  rest: Joints
  skeleton: Skeleton
  /** From rest to each bone's own axes. */
  unrest: Matrix4[]
}

/** Edge of a cell [m]: about seventeen thousand triangles for the whole skin. */
export const CELL = 0.0205
/** The same where no graphics chip draws: about six thousand. */
export const COARSE_CELL = 0.036

const kept = new Map<string, BodyMesh>()
/** Bodies kept: the person's own and a few compared. */
const MOST_KEPT = 4

/** The skin of a body, from memory if it was meshed before. Works in short turns between which the page can breathe. */
export async function bodyMesh(
  repetition: Repetition,
  cell = CELL,
  breathe: () => Promise<void> = nextTask,
): Promise<BodyMesh> {
  const free = freeHand(repetition)
  const key = `${bodyKey(repetition)} ${cell} ${free}`
  const known = kept.get(key)
  if (known) return known
  const steps = meshing(measure(repetition), jointsAt(repetition, 0), cell, free)
  let turn = performance.now()
  for (;;) {
    const step = steps.next()
    if (step.done) {
      if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value!)
      kept.set(key, step.value)
      return step.value
    }
    if (performance.now() - turn > 12) {
      await breathe()
      turn = performance.now()
    }
  }
}

/** The hand that neither works nor rests on a bench. */
function freeHand({ working, posture }: Repetition): Side | null {
  if (posture === 'bench-supported') return null
  return SIDES.find((side) => !working.includes(side)) ?? null
}

/** Lets the page take a turn; timers would be held back by 4 ms each time. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}

/** @param free Whose hand holds nothing.
    @param at Any pose of the same body: its shoulder blades do not bend. */
export function* meshing(
  m: Measures,
  at: Joints,
  cell = CELL,
  free: Side | null = null,
): Generator<void, BodyMesh> {
  const rest = restJoints(m)
  const [left, right] = [shapes(m, rest, free === 'l'), shapes(m, rest, free === 'r')]
  const arm = rest.hand_l
  const box = {
    low: [-0.2 * m.stature, -arm.y - 0.24, -0.06] as const,
    high: [Math.max(arm.x, 0.12 * m.stature) + 0.24, arm.y + 0.24, rest.vertex.z + 0.1] as const,
  }
  const surface = yield* surfaceNets(new Union(left, right), warp(lenses(m, rest)), box, cell)
  yield
  const found = yield* weights(surface, left, right, rest)
  return {
    measures: m,
    surface,
    weights: found,
    skeleton: yield* skeleton(at, m.stature, cell > CELL),
    rest,
    unrest: pose(rest, rest).frames.map((frame) => frame.invert()),
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
