import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** Writes the service worker with the list of all files that were built and a version made of their contents. */
export function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    enforce: 'post',
    generateBundle(_, bundle) {
      const contents = createHash('sha256')
      const files = ['/']
      for (const one of Object.values(bundle)) {
        contents.update(one.fileName).update(one.type === 'chunk' ? one.code : one.source)
        if (one.fileName !== 'index.html') files.push(`/${one.fileName}`)
      }
      for (const name of readdirSync(path('public'))) {
        contents.update(readFileSync(path(`public/${name}`)))
        files.push(`/${name}`)
      }
      const worker = readFileSync(path('src/worker/sw.js'), 'utf-8')
      const version = contents.update(worker).digest('hex').slice(0, 12)
      const source = `const VERSION = '${version}'\nconst FILES = ${JSON.stringify(files)}\n${worker}`
      this.emitFile({ type: 'asset', fileName: 'sw.js', source })
    },
  }
}
