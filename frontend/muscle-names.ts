import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const NAME = 'virtual:muscle-names'
const FILES = ['muscles.csv', 'erectors.csv', 'actuators.csv']

/** Gives the client the names of muscles from the model's own tables, so that they are written once. */
export function muscleNames(): Plugin {
  return {
    name: 'muscle-names',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    load: (id) => (id === `\0${NAME}` ? `export default ${JSON.stringify(names())}` : undefined),
  }
}

function names(): Record<string, string> {
  const folder = fileURLToPath(new URL('../src/bandwright/data/anatomy/', import.meta.url))
  return Object.assign({}, ...FILES.map((file) => column(readFileSync(folder + file, 'utf-8'))))
}

function column(csv: string): Record<string, string> {
  const [head, ...rows] = csv.trim().split(/\r?\n/).map(cells)
  const at = head?.indexOf('name') ?? -1
  if (at < 0) throw new Error('A table of muscles has no column "name".')
  return Object.fromEntries(rows.map((row) => [row[0], row[at]]))
}

function cells(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((m) =>
    m[1] === undefined ? (m[2] ?? '') : m[1].replaceAll('""', '"'),
  )
}
