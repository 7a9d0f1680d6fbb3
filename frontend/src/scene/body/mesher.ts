import type { RepetitionData } from '../types'
import type { Mesh } from './mesh'

/** What the thread that meshes is sent, with a port to answer through. */
export interface Wanted {
  repetition: RepetitionData
  coarse: boolean
}

const asked = new WeakMap<RepetitionData, Promise<Mesh>>()

let thread: Worker | undefined

/** Starts the thread, if it does not run yet. */
export const wake = (): Worker => (thread ??= new Worker(new URL('./mesher.worker.ts', import.meta.url), { type: 'module' }))

/** The mesh of a body, made in a thread of its own beside all else that a first picture needs. Asked twice about the same
    repetition, it is made once: so it may be asked for before the rest of the figure is there. */
export function meshOf(repetition: RepetitionData, coarse: boolean): Promise<Mesh> {
  const known = asked.get(repetition) ?? ask({ repetition: { ...repetition, muscles: {} }, coarse })
  asked.set(repetition, known)
  return known
}

function ask(wanted: Wanted): Promise<Mesh> {
  const worker = wake()
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve, reject) => {
    port1.onmessage = ({ data }) => {
      port1.close()
      resolve(data as Mesh)
    }
    worker.addEventListener('error', reject, { once: true })
    worker.postMessage(wanted, [port2])
  })
}
