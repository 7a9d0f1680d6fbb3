/** Exercises and bands as the server lists them; asked for once. */
import { SvelteMap } from 'svelte/reactivity'
import { listBands, listExercises, Refusal, showExercise, showPoses } from '../api/client'
import type { Band, Exercise, ExerciseRow, Poses } from '../api/types'

class Library {
  exercises = $state.raw<ExerciseRow[]>([])
  bands = $state.raw<Band[]>([])
  failure = $state.raw<Refusal>()
  poses = new SvelteMap<string, Poses>()
  #shown = new Map<string, Promise<Exercise>>()

  async load(): Promise<void> {
    if (this.exercises.length && this.bands.length) return
    try {
      this.failure = undefined
      ;[this.exercises, this.bands] = await Promise.all([listExercises(), listBands()])
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      this.failure = error
    }
  }

  exercise(id: string): Promise<Exercise> {
    const known = this.#shown.get(id)
    if (known) return known
    const asked = showExercise(id)
    this.#shown.set(id, asked)
    asked.catch(() => this.#shown.delete(id))
    return asked
  }

  /** Draws what is not drawn yet, one after another: each body has to be posed first. Without a server it stops. */
  async draw(ids: readonly string[], signal: AbortSignal): Promise<void> {
    for (const id of ids) {
      if (signal.aborted) return
      if (this.poses.has(id)) continue
      try {
        this.poses.set(id, await showPoses(id))
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        if (error.unreached) return
      }
    }
  }

  name(id: string): string {
    return this.exercises.find((one) => one.id === id)?.name ?? id
  }

  band(id: string | null | undefined): Band | undefined {
    return this.bands.find((one) => one.id === id)
  }
}

export const library = new Library()
