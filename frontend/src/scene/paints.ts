import { Color, type Material } from 'three'
import type { Palette, Token } from './colours'
import { type PaintOptions, type Shared, flesh, paint, shared, skin, veil } from './materials'

/** A door stands between the eye and the figure as often as not. */
const PANEL_OPACITY = 0.16

/** What of a band shines through the body in front of it. */
const HIDDEN_OPACITY = 0.3

const hidden = { hidden: true, clear: HIDDEN_OPACITY } as const
const COLOURED = {
  bone: ['bone', { inside: true, both: true }],
  band: ['band', {}],
  bandBehind: ['band', hidden],
  body: ['gear', {}],
  dark: ['gear-dark', {}],
  darkBehind: ['gear-dark', hidden],
  pad: ['gear', {}],
  panel: ['gear', { clear: PANEL_OPACITY }],
  load: ['load', {}],
  pull: ['load', { overlay: true }],
  handle: ['card', {}],
} as const satisfies Record<string, readonly [Token, PaintOptions]>

type Coloured = keyof typeof COLOURED

/** All materials of the figure; a change of theme recolours them in place. */
export class Paints {
  readonly common: Shared = shared()
  readonly skin = skin(this.common)
  readonly veil = veil(this.common)
  /** Of muscles that work, and of idle ones. */
  readonly flesh = [flesh(this.common, false), flesh(this.common, true)] as const
  readonly coloured: Record<Coloured, Material>
  private readonly colours = {} as Record<Coloured, Color>

  constructor() {
    const made = {} as Record<Coloured, Material>
    for (const name of Object.keys(COLOURED) as Coloured[]) {
      this.colours[name] = new Color()
      made[name] = paint(this.common, this.colours[name], COLOURED[name][1])
    }
    this.coloured = made
  }

  apply(palette: Palette): void {
    for (const name of Object.keys(COLOURED) as Coloured[])
      this.colours[name].copy(palette.colour[COLOURED[name][0]])
    this.common.skin.value.copy(palette.colour.skin)
    this.common.skinLit.value.copy(palette.colour['skin-lit'])
    this.common.skinEdge.value.copy(palette.colour['skin-edge'])
    this.common.night.value = palette.dark ? 1 : 0
  }

  dispose(): void {
    for (const material of [this.skin, this.veil, ...this.flesh, ...Object.values(this.coloured)]) material.dispose()
  }
}
