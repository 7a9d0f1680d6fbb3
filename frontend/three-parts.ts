import type { Plugin } from 'vite'

/** All that is asked of the shaders that come with three.js: how colours are written. */
const USED = `
import colorspace_pars_fragment from './ShaderChunk/colorspace_pars_fragment.glsl.js'
export const ShaderChunk = { colorspace_pars_fragment }`

/** Takes from three.js only what the figure uses: single modules instead of the whole, and none of the shaders of its
    materials, since ours are written out (`scene/materials.ts`). That spares a fifth of the figure's part. */
export function threeParts(): Plugin {
  return {
    name: 'three-parts',
    enforce: 'pre',
    config: () => ({ resolve: { alias: [{ find: /^three$/, replacement: 'three/src/Three.js' }] } }),
    load: (id) => (id.endsWith('/three/src/renderers/shaders/ShaderChunk.js') ? USED : undefined),
  }
}
