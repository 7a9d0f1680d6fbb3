/** Which page an address asks for. Everything is after the #, so it stays in the browser and needs no server rule. */
export type Page = 'lab' | 'compare' | 'exercises' | 'exercise' | 'gear' | 'numbers' | 'lost'

export interface Route {
  page: Page
  /** Id of the exercise on its page. */
  id: string
  /** What follows the question mark, as written. */
  query: string
}

const PAGES: Record<string, Page> = { '': 'lab', compare: 'compare', exercises: 'exercises', gear: 'gear', numbers: 'numbers' }

export function routeOf(hash: string): Route {
  const [path = '', ...rest] = hash.replace(/^#?\/?/, '').split('?')
  const [first = '', id = ''] = path.split('/')
  const query = rest.join('?')
  if (first === 'exercises' && id) return { page: 'exercise', id: safe(id), query }
  return { page: id ? 'lost' : (PAGES[first] ?? 'lost'), id: '', query }
}

function safe(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
