import { vitePreprocess } from '@sveltejs/vite-plugin-svelte'

const files = new Map()

/** Styles of a component are marked by its name: that packs better than numbers without a pattern, and can be read. */
function cssHash({ name, filename }) {
  const other = files.get(name) ?? filename
  if (other !== filename) throw new Error(`${filename} and ${other} would share their styles: give one another name.`)
  files.set(name, filename)
  return `in-${name}`
}

export default { preprocess: vitePreprocess(), compilerOptions: { cssHash } }
