/** The thread that meshes bodies; those meshed last are kept. */
import { decode } from '../repetition'
import { bodyKey } from './measures'
import { CELL, COARSE_CELL, type Mesh, freeHand, meshed } from './mesh'
import type { Wanted } from './mesher'

const kept = new Map<string, Mesh>()
/** Bodies kept: the person's own and a few compared. */
const MOST_KEPT = 4

addEventListener('message', ({ data, ports }: MessageEvent<Wanted>) => {
  const repetition = decode(data.repetition)
  const key = `${bodyKey(repetition)} ${freeHand(repetition)}`
  const mesh = kept.get(key) ?? meshed(repetition, data.coarse ? COARSE_CELL : CELL)
  if (!kept.has(key) && kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value!)
  kept.set(key, mesh)
  ports[0]!.postMessage(mesh)
})
