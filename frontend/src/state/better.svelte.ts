/** The search among what the person owns. It outlives the card that shows it: what was found can be tried one by one. */
import { design, Refusal } from '../api/client'
import type { Design, Progress, Question } from '../api/types'

class Better {
  /** Whether to look at every exercise, or at the one chosen alone. */
  everywhere = $state(false)
  progress = $state.raw<Progress>()
  found = $state.raw<Design>()
  failure = $state.raw<Refusal>()
  #search = $state.raw<AbortController>()
  #asked = ''

  get busy(): boolean {
    return this.#search !== undefined
  }

  /** Looks, unless the same was asked last. */
  ask(question: Question): void {
    const asked = JSON.stringify(question)
    if (asked === this.#asked) return
    this.#asked = asked
    void this.look(question)
  }

  async look(question: Question): Promise<void> {
    this.stop()
    const mine = (this.#search = new AbortController())
    this.progress = this.found = this.failure = undefined
    try {
      const answer = await design(question, (now) => mine === this.#search && (this.progress = now), mine.signal)
      if (mine === this.#search) this.found = answer
    } catch (error) {
      if (mine.signal.aborted) return
      if (!(error instanceof Refusal)) throw error
      this.failure = error
    } finally {
      if (mine === this.#search) this.#search = undefined
    }
  }

  stop(): void {
    this.#search?.abort()
    this.#search = undefined
  }
}

export const better = new Better()
