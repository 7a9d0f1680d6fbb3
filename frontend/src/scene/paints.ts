import { Color, type Material } from 'three'
import type { Palette, Token } from './colours'
import { type Shared, paint, shared, skin, veil } from './materials'

/** A door stands between the eye and the figure as often as not. */
const PANEL_OPACITY = 0.16

const COLOURED = {
  bone: ['bone', true],
  band: ['band', false],
  body: ['gear', false],
  dark: ['gear-dark', false],
  pad: ['gear', false],
  panel: ['gear', false],
  load: ['load', false],
  handle: ['card', false],
} as const satisfies Record<string, readonly [Token, boolean]>

type Coloured = keyof typeof COLOURED

/** All materials of the figure; a change of theme recolours them in place. */
export class Paints {
  readonly common: Shared = shared()
  readonly skin = skin(this.common)
  readonly veil = veil(this.common)
  readonly coloured: Record<Coloured, Material>
  private readonly colours = {} as Record<Coloured, Color>

  constructor() {
    const made = {} as Record<Coloured, Material>
    for (const name of Object.keys(COLOURED) as Coloured[]) {
      this.colours[name] = new Color()
      made[name] = paint(this.common, this.colours[name], {
        inside: COLOURED[name][1],
        both: name === 'bone',
        clear: name === 'panel' ? PANEL_OPACITY : 1,
      })
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
    for (const material of [this.skin, this.veil, ...Object.values(this.coloured)]) material.dispose()
  }
}
