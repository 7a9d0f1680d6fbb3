/** What this person owns; kept in this browser. */
import type { Gear } from '../api/types'
import { isGear, NOTHING } from '../lib/gear'
import { begun, changed, redone, undone, type History } from '../lib/history'
import { keep, kept } from '../lib/kept'

class Owned {
  #history = $state.raw<History<Gear>>(begun(kept('gear', NOTHING, isGear)))

  get gear(): Gear {
    return this.#history.now
  }
  get canUndo(): boolean {
    return this.#history.past.length > 0
  }
  get canRedo(): boolean {
    return this.#history.future.length > 0
  }

  /** `about` names the control, so that its quick steps are undone together. */
  change(gear: Gear, about: string): void {
    this.#take(changed(this.#history, gear, about, performance.now(), false))
  }
  undo(): void {
    this.#take(undone(this.#history))
  }
  redo(): void {
    this.#take(redone(this.#history))
  }

  #take(history: History<Gear>): void {
    this.#history = history
    keep('gear', history.now)
  }
}

export const owned = new Owned()
