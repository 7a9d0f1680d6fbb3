/** How this person likes to read: units and light or dark. Kept in this browser. */
import { keep, kept } from '../lib/kept'
import { retold, type Units } from '../lib/units'

export type Theme = 'auto' | 'light' | 'dark'

const isUnits = (value: unknown): boolean => {
  const units = value as Partial<Units> | undefined
  return ['metric', 'imperial'].includes(units?.system ?? '') && ['feel', 'newtons'].includes(units?.forces ?? '')
}

class Preferences {
  #units = $state.raw<Units>(kept('units', { system: 'metric', forces: 'feel' }, isUnits))
  #theme = $state<Theme>(kept('theme', 'auto', (value) => ['auto', 'light', 'dark'].includes(String(value))))
  #systemDark = $state(matchMedia('(prefers-color-scheme: dark)').matches)

  /** Whether motion should explain less and rest more. */
  readonly still = matchMedia('(prefers-reduced-motion: reduce)').matches

  constructor() {
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', (event) => {
      this.#systemDark = event.matches
      this.apply()
    })
    this.apply()
  }

  get units(): Units {
    return this.#units
  }
  set units(units: Units) {
    this.#units = units
    keep('units', units)
  }

  /** A sentence that was written in metric units. */
  tell = (text: string): string => retold(text, this.#units.system)

  get theme(): Theme {
    return this.#theme
  }
  set theme(theme: Theme) {
    this.#theme = theme
    keep('theme', theme)
    this.apply()
  }

  get dark(): boolean {
    return this.#theme === 'auto' ? this.#systemDark : this.#theme === 'dark'
  }

  private apply(): void {
    document.documentElement.dataset['theme'] = this.dark ? 'dark' : 'light'
  }
}

export const preferences = new Preferences()
