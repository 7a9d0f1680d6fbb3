/** Colours of the tokens for canvases, which cannot read them from a style sheet. */
export const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

/** The same colour let through: a tint. */
export function tint(name: string, opacity: number): string {
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(colour(name).slice(at, at + 2), 16))
  return `rgb(${r} ${g} ${b} / ${opacity})`
}
