/** Small things kept in this browser; where it keeps nothing, they last as long as the page. */
const memory = new Map<string, string>()

export function kept<Value>(name: string, otherwise: Value, fits: (value: unknown) => boolean): Value {
  try {
    const text = localStorage.getItem(`bandwright.${name}`) ?? memory.get(name)
    const value: unknown = text === undefined ? undefined : JSON.parse(text)
    return fits(value) ? (value as Value) : otherwise
  } catch {
    return otherwise
  }
}

export function keep(name: string, value: unknown): void {
  const text = JSON.stringify(value)
  memory.set(name, text)
  try {
    localStorage.setItem(`bandwright.${name}`, text)
  } catch {
    // private windows may refuse; the page works without
  }
}
