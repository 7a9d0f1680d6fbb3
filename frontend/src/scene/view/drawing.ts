const SOFTWARE = /swiftshader|llvmpipe|software|basic render/i

/** What draws in three dimensions here: nothing at all, the processor, or a graphics chip. */
export type Drawing = 'nothing' | 'software' | 'chip'

let known: Drawing | undefined

/** Asked once, of a context of its own, since a canvas keeps its first one. */
export const drawing = (): Drawing => (known ??= asked())

function asked(): Drawing {
  const gl = document.createElement('canvas').getContext('webgl2')
  if (!gl) return 'nothing'
  const names = gl.getExtension('WEBGL_debug_renderer_info')
  const name = String(gl.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : gl.RENDERER))
  gl.getExtension('WEBGL_lose_context')?.loseContext()
  return SOFTWARE.test(name) ? 'software' : 'chip'
}
