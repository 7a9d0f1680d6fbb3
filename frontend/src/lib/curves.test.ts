import { describe, expect, it } from 'vitest'
import type { Analysis } from '../api/types'
import { effortLevel, idles, limitsAlong, muscleLevel, overloads, runs, valueAt } from './curves'

describe('stretches', () => {
  it('are unbroken, and a single pose has no width', () => {
    expect(runs([true, true, false, true, false, true, true, true])).toEqual([[0, 1], [5, 7]])
    expect(runs([])).toEqual([])
    expect(runs([true])).toEqual([])
  })

  it('idle under half of the peak and overload over all you have', () => {
    expect(idles([0.1, 0.3, 0.6])).toEqual([true, false, false])
    expect(idles([0, 0])).toEqual([false, false])
    expect(overloads([0.9, 1, 1.1])).toEqual([false, false, true])
  })
})

describe('scales', () => {
  it('keep the last step of effort for too much', () => {
    expect([0, 0.5, 1, 1.001, 3].map(effortLevel)).toEqual([0, 5, 9, 10, 10])
  })

  it('space muscles by root', () => {
    expect([0, 0.01, 0.25, 1, 2].map(muscleLevel)).toEqual([0, 1, 5, 10, 10])
  })
})

describe('a value at an instant', () => {
  it('lies between its neighbours, and is missing where one of them is', () => {
    expect(valueAt([0, 10, 20], 0.25)).toBe(5)
    expect(valueAt([0, 10, 20], 1)).toBe(20)
    expect(valueAt([0, null, 20], 0.25)).toBeNull()
  })
})

describe('limits along the way', () => {
  const at = (binding: (string | null)[]) =>
    limitsAlong({ binding, phase: binding.map((_, k) => k / (binding.length - 1)) } as unknown as Analysis)

  it('join what is short to its neighbour and cover the whole way', () => {
    const found = at([...Array(5).fill('a'), 'b', ...Array(4).fill('c'), 'a', 'a', ...Array(4).fill(null)])
    expect(found.map(([, , limit]) => limit)).toEqual(['a', 'c', null])
    expect(found[0]?.[0]).toBe(0)
    expect(found.at(-1)?.[1]).toBe(1)
    for (let k = 1; k < found.length; k += 1) expect(found[k]?.[0]).toBe(found[k - 1]?.[1])
  })

  it('give a short start to what follows', () => {
    expect(at(['b', ...Array(5).fill('a')])).toEqual([[0, 1, 'a']])
  })
})
