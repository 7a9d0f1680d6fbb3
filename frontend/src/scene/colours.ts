import { Color } from 'three'

/** Colours come from the page's own tokens, so that figure, curves and legend agree; these stand in outside a page. */
const FALLBACK = {
  skin: '#dde2e8',
  'skin-lit': '#e6eaef',
  'skin-edge': '#94a0ad',
  bone: '#ffffff',
  gear: '#8a94a0',
  'gear-dark': '#4c5763',
  floor: '#e9edf1',
  rule: '#d7dde4',
  card: '#ffffff',
  page: '#f4f6f8',
  ink: '#18212b',
  load: '#b84e00',
  band: '#00786c',
} as const

export type Token = keyof typeof FALLBACK

export interface Palette {
  dark: boolean
  colour: Record<Token, Color>
  /** Muscle colours from idle to all it can give. */
  muscle: Color[]
}

/** Steps of the muscle scale above idle. */
const LEVELS = 10
const LIGHT_SCALE = [
  [0.94, 0.03, 20],
  [0.36, 0.15, 5],
] as const
const DARK_SCALE = [
  [0.4, 0.035, 5],
  [0.87, 0.085, 25],
] as const

/** An evenly stepped colour of Ottosson's OKLCH space, as red, green and blue from 0 to 1. */
export function oklch(lightness: number, chroma: number, hueDegrees: number): Color {
  const hue = (hueDegrees * Math.PI) / 180
  const [a, b] = [chroma * Math.cos(hue), chroma * Math.sin(hue)]
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return new Color().setRGB(
    gamma(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short),
    gamma(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short),
    gamma(-0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short),
  )
}

function gamma(linear: number): number {
  const v = Math.min(1, Math.max(0, linear))
  return v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055
}

export function muscleScale(dark: boolean): Color[] {
  const [first, last] = dark ? DARK_SCALE : LIGHT_SCALE
  return Array.from({ length: LEVELS + 1 }, (_, level) => {
    const mix = (part: 0 | 1 | 2) => first[part] + (level / LEVELS) * (last[part] - first[part])
    return oklch(mix(0), mix(1), mix(2))
  })
}

/** Place on the scale of an activation: roots, so that 5, 25 and 100 % are as far apart as they feel. */
export const level = (activation: number): number => Math.sqrt(Math.min(1, Math.max(0, activation)))

export function muscleColour(scale: readonly Color[], activation: number, out = new Color()): Color {
  const at = level(activation) * (scale.length - 1)
  const index = Math.min(Math.floor(at), scale.length - 2)
  return out.copy(scale[index]!).lerp(scale[index + 1]!, at - index)
}

export function readPalette(element: Element, theme?: 'light' | 'dark'): Palette {
  const style = getComputedStyle(element)
  const read = (name: string) => style.getPropertyValue(`--${name}`).trim()
  const colour = {} as Record<Token, Color>
  for (const [name, stand] of Object.entries(FALLBACK)) colour[name as Token] = plain(read(name) || stand)
  const dark = theme ? theme === 'dark' : lightness(colour.card) < 0.5
  const own = Array.from({ length: LEVELS + 1 }, (_, l) => read(`muscle-${String(l).padStart(2, '0')}`))
  return { dark, colour, muscle: own.every(Boolean) ? own.map(plain) : muscleScale(dark) }
}

// Shaders work in the screen's own values: what a token says is what is seen.
const plain = (css: string) => new Color().setStyle(css, 'srgb-linear')

const lightness = (c: Color): number => 0.2126 * c.r + 0.7152 * c.g + 0.0722 * c.b
