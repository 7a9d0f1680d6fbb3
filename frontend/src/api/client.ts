/** The one way to the server: types in, types out, every failure a `Refusal`. */
import type { System } from '../lib/units'
import type { Analysis, Band, Curves, Design, DesignEvent, Difference, Exercise, ExerciseRow, Fault, Health, Person, Poses, Progress, Question, Repetition, SetUp } from './types'

/** Why no answer came: the server's own words, or that it was not reached. */
export class Refusal extends Error {
  constructor(
    readonly fault: Fault,
    /** HTTP status; 0 when the server was not reached. */
    readonly status: number,
  ) {
    super(fault.message)
  }

  get unreached(): boolean {
    return this.status === 0
  }
}

/** `system`: how its sentences tell weights and lengths. */
export const analyse = (setup: SetUp, system: System, signal?: AbortSignal): Promise<Analysis> =>
  send(`/api/analyse?units=${system}`, setup, signal)

/** What differs between two or three set-ups, in words. */
export const compare = async (setups: SetUp[], system: System): Promise<Difference[]> =>
  (await send<{ differences: Difference[] }>(`/api/compare?units=${system}`, { setups })).differences

/** The curves alone, in a fraction of the time: for answers while something is dragged. */
export const analyseCurves = (setup: SetUp, signal?: AbortSignal): Promise<Curves> => send('/api/analyse?detail=curves', setup, signal)

/** The best set-ups from what a person owns; `told` hears how far the search is. */
export async function design(question: Question, told: (now: Progress) => void, signal: AbortSignal): Promise<Design> {
  const response = await reach('/api/design', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/x-ndjson' },
    body: JSON.stringify(question),
    signal,
  })
  if (!response.ok || !response.body) throw new Refusal(await faultOf(response), response.status)
  for await (const line of linesOf(response.body)) {
    const { progress, answer, fault } = JSON.parse(line) as DesignEvent
    if (answer) return answer
    if (fault) throw new Refusal({ ...UNKNOWN, ...fault }, response.status)
    if (progress) told(progress)
  }
  throw new Refusal(UNREACHED, 0)
}

async function* linesOf(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    const { value, done } = await reader.read()
    if (done) break
    const lines = (rest + value).split('\n')
    rest = lines.pop() ?? ''
    yield* lines.filter(Boolean)
  }
  if (rest) yield rest
}

export const listExercises = async (): Promise<ExerciseRow[]> =>
  (await ask<{ exercises: ExerciseRow[] }>('/api/exercises')).exercises

export const showExercise = (id: string): Promise<Exercise> => ask(`/api/exercises/${encodeURIComponent(id)}`)

/** Its start and finish, for a small picture. */
export const showPoses = (id: string): Promise<Poses> => ask(`/api/exercises/${encodeURIComponent(id)}/poses`)

export const listBands = async (): Promise<Band[]> => (await ask<{ bands: Band[] }>('/api/bands')).bands

/** The moving body, for the figure; it does not hang on the loads. */
export function showRepetition(exercise: string, person: Person, side: 'r' | 'l'): Promise<Repetition> {
  const { sex, stature_m, mass_kg, upper_arm_m, forearm_m } = person
  const given = Object.entries({ exercise, sex, stature_m, mass_kg, upper_arm_m, forearm_m, side })
  const query = given.filter(([, value]) => value != null).map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`)
  return ask(`/api/repetition?${query.join('&')}`)
}

const send = <Answer>(path: string, body: unknown, signal?: AbortSignal): Promise<Answer> =>
  ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), signal })

/** Whether the last answer came from the server itself, and not from what was kept of it. */
let toldFresh: (fresh: boolean) => void = () => undefined
export function onContact(told: (fresh: boolean) => void): void {
  toldFresh = told
}

async function ask<Answer>(path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await reach(path, init)
  toldFresh(!response.headers.has('x-kept'))
  if (response.ok) return (await response.json()) as Answer
  const fault = await faultOf(response)
  throw new Refusal(response.status === 500 ? { ...fault, ...(await illness()) } : fault, response.status)
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Refusal(UNREACHED, 0)
  }
}

async function faultOf(response: Response): Promise<Fault> {
  try {
    const said = (await response.json()) as Partial<Fault>
    if (typeof said.message === 'string') return { ...UNKNOWN, hint: null, ...said }
  } catch {
    // not one of our answers: a proxy's page, or nothing
  }
  return { ...UNKNOWN, message: `The server could not answer (${response.status}).` }
}

/** Why the server cannot compute at all, if that is why it failed. */
async function illness(): Promise<Partial<Fault>> {
  const { failure } = await fetch('/api/health').then((one) => one.json() as Promise<Health>).catch(() => ({ failure: null }))
  return failure
    ? { problems: [], code: 'not-loaded', message: `The solver could not be loaded: ${failure}`, hint: 'Your set-up is kept. Mend this, then start Bandwright again.' }
    : {}
}

const UNKNOWN: Fault = {
  code: 'unexpected',
  message: 'The server could not answer.',
  allowed: [],
  nearest: null,
  hint: 'Try again. If it happens again, undo your last change.',
  path: null,
  problems: [],
}

const UNREACHED: Fault = {
  ...UNKNOWN,
  code: 'unreached',
  message: 'The server does not answer.',
  hint: 'Your set-up is kept in this page and its address. Check that Bandwright still runs, then try again.',
}
