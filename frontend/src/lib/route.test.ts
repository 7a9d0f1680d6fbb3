import { describe, expect, it } from 'vitest'
import { routeOf } from './route'

describe('addresses', () => {
  it.each([
    ['', 'lab', '', ''],
    ['#/', 'lab', '', ''],
    ['#/?v=1&a=b?c', 'lab', '', 'v=1&a=b?c'],
    ['#/compare?s=1', 'compare', '', 's=1'],
    ['#/exercises', 'exercises', '', ''],
    ['#/exercises/face-pull', 'exercise', 'face-pull', ''],
    ['#/exercises/%E0%A4%A', 'exercise', '%E0%A4%A', ''],
    ['#/numbers', 'numbers', '', ''],
    ['#/compare/2', 'lost', '', ''],
    ['#/elsewhere', 'lost', '', ''],
  ])('%s', (hash, page, id, query) => {
    expect(routeOf(hash)).toEqual({ page, id, query })
  })
})
