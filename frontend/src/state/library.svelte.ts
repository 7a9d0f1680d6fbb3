/** Exercises and bands as the server lists them; asked for once. */
import { listBands, listExercises, Refusal, showExercise } from '../api/client'
import type { Band, Exercise, ExerciseRow } from '../api/types'

class Library {
  exercises = $state.raw<ExerciseRow[]>([])
  bands = $state.raw<Band[]>([])
  failure = $state.raw<Refusal>()
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

  name(id: string): string {
    return this.exercises.find((one) => one.id === id)?.name ?? id
  }

  band(id: string | null | undefined): Band | undefined {
    return this.bands.find((one) => one.id === id)
  }
}

export const library = new Library()
