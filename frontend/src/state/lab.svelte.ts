/** The Lab: one set-up, its answer, and the instant that figure, curves and muscles all show. */
import { analyse, analyseCurves, Refusal } from '../api/client'
import type { Analysis, Curves, Person, SetUp } from '../api/types'
import { withCurves } from '../lib/curves'
import { begun, changed, redone, undone, type History } from '../lib/history'
import { keep, kept } from '../lib/kept'
import { encodeSetup } from '../lib/link'
import { live } from '../lib/live'
import { FIRST_EXERCISE, FIRST_PERSON, plainSetup, sameBody, sameMovement } from '../lib/setup'
import { preferences } from './preferences.svelte'

const REMEMBERED = 40

const isPerson = (value: unknown): boolean => {
  const person = value as Partial<Person> | undefined
  return typeof person?.stature_m === 'number' && typeof person.mass_kg === 'number' && typeof person.sex === 'string'
}

export const knownPerson = (): Person => kept('person', FIRST_PERSON, isPerson)

/** Answers are kept by what was asked, in the words it was asked for. */
const keyOf = (setup: SetUp): string => `${preferences.units.system} ${encodeSetup(setup)}`

class Lab {
  #history = $state.raw<History<SetUp>>(begun(plainSetup(FIRST_EXERCISE, knownPerson())))
  /** What is shown: while something is dragged, the curves of now with verdict and spread of a moment ago. */
  answer = $state.raw<Analysis>()
  /** Whether verdict and spread belong to the curves shown. */
  settled = $state(true)
  /** The set-up of the last whole answer. */
  #answered: SetUp | undefined
  failure = $state.raw<Refusal>()
  waiting = $state(false)
  #answers = new Map<string, Analysis>()

  #asker = live<SetUp, Curves, Analysis>(
    {
      quick: analyseCurves,
      whole: (setup, signal) => analyse(setup, preferences.units.system, signal),
      canBeQuick: (setup) => this.#answered !== undefined && sameBody(this.#answered, setup),
      stillFits: sameMovement,
      clock_ms: () => performance.now(),
    },
    {
      glimpsed: (curves) => this.#glimpse(curves),
      settled: (answer, setup) => this.#take(answer, setup),
      failed: (error) => {
        this.waiting = false
        if (!(error instanceof Refusal)) throw error
        this.failure = error
      },
    },
  )

  get setup(): SetUp {
    return this.#history.now
  }
  get canUndo(): boolean {
    return this.#history.past.length > 0
  }
  get canRedo(): boolean {
    return this.#history.future.length > 0
  }
  /** Whether what is shown belongs to another exercise than the one chosen. */
  get elsewhere(): boolean {
    return this.answer !== undefined && this.answer.exercise !== this.setup.exercise
  }

  /**
   * A change by the person; `about` names the control, so that its quick steps are undone together.
   * `held`: whether the hand that changes it has not let go.
   */
  change(setup: SetUp, about: string, held = false): void {
    this.#history = changed(this.#history, setup, about, performance.now(), held)
    keep('person', setup.person)
    this.ask(held)
  }

  /** Opens a set-up from elsewhere: a link, an exercise, a comparison. */
  open(setup: SetUp): void {
    if (encodeSetup(setup) === encodeSetup(this.setup) && this.answer) return
    this.change(setup, 'open')
  }

  /** Starts from a link, with nothing before it to undo. */
  begin(setup: SetUp): void {
    this.#history = begun(setup)
  }

  undo(): void {
    this.#history = undone(this.#history)
    this.ask()
  }

  redo(): void {
    this.#history = redone(this.#history)
    this.ask()
  }

  /** Asks once more after no answer came; what is said about that stays until one does. */
  retry(): void {
    this.#asker.ask(this.setup)
  }

  ask(held = false): void {
    this.failure = undefined
    const known = this.#answers.get(keyOf(this.setup))
    if (known) {
      this.#asker.stop()
      this.#take(known, this.setup)
      return
    }
    this.waiting = true
    this.#asker.ask(this.setup, held)
  }

  #glimpse(curves: Curves): void {
    // The other arm works: its body has not come yet.
    if (this.answer?.working_side !== curves.working_side) return
    this.answer = withCurves(this.answer, curves)
    this.settled = false
    this.failure = undefined
  }

  #take(answer: Analysis, setup: SetUp): void {
    this.answer = answer
    this.settled = true
    this.#answered = setup
    this.failure = undefined
    this.waiting = this.setup !== setup
    this.#answers.set(keyOf(setup), answer)
    if (this.#answers.size > REMEMBERED) this.#answers.delete(this.#answers.keys().next().value ?? '')
    if (this.setup === setup && (!setup.load || !setup.intent)) this.#fill(answer)
  }

  /** The server's choices become visible and can be changed; that is no change by the person. */
  #fill(answer: Analysis): void {
    const { load, intent } = answer.setup
    const now = { ...this.setup, load, intent }
    this.#history = { ...this.#history, now }
    this.#answers.set(keyOf(now), answer)
  }
}

export const lab = new Lab()
