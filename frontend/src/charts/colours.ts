/** Colours of the tokens for canvases, which cannot read them from a style sheet. */
export function colour(name: string): string {
  const known = seen.get(name) ?? getComputedStyle(document.documentElement).getPropertyValue(name).trim()
  seen.set(name, known)
  return known
}

/** Asked in the midst of changes, the page would work out its styles anew each time: once read, a colour is kept. */
const seen = new Map<string, string>()

/** Light has become dark or dark light. */
export const forgetColours = (): void => seen.clear()

/** The same colour let through: a tint. */
export function tint(name: string, opacity: number): string {
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(colour(name).slice(at, at + 2), 16))
  return `rgb(${r} ${g} ${b} / ${opacity})`
}
