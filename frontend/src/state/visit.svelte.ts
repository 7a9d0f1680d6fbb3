/** Whether somebody is here for the first time. */
import { keep, kept } from '../lib/kept'

class Visit {
  first = $state(!kept('visited', false, (value) => value === true))

  done(): void {
    this.first = false
    keep('visited', true)
  }
}

export const visit = new Visit()
