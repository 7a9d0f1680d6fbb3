import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { HELD_MS, live, PROMPT_MS, REST_MS } from './live'

/** A server with a quick and a slow way, whose answers take as long as the test says. */
function workshop(times: { quick: number; whole: number }) {
  const asked: string[] = []
  const shown: string[] = []
  const way = (kind: 'quick' | 'whole') => (question: string, signal: AbortSignal) => {
    asked.push(`${kind} ${question}`)
    return new Promise<string>((resolve, reject) => {
      setTimeout(() => (question.includes('bad') ? reject(new Error(question)) : resolve(`${kind} ${question}`)), times[kind])
      signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError')))
    })
  }
  const asker = live<string, string, string>(
    { quick: way('quick'), whole: way('whole'), canBeQuick: (q) => !q.startsWith('new'), stillFits: () => true, clock_ms: () => Date.now() },
    { glimpsed: (a) => shown.push(a), settled: (a) => shown.push(a), failed: (e) => shown.push(`failed ${(e as Error).message}`) },
  )
  return { asker, asked, shown }
}

describe('live answers', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('are quick ones while it changes, and the whole one at rest', async () => {
    const { asker, asked, shown } = workshop({ quick: 30, whole: 400 })
    for (const q of ['1', '2', '3', '4', '5', '6']) {
      asker.ask(q)
      await vi.advanceTimersByTimeAsync(16)
    }
    expect(asked.some((one) => one.startsWith('whole'))).toBe(false)
    await vi.advanceTimersByTimeAsync(REST_MS + 500)
    expect(shown.at(-1)).toBe('whole 6')
    expect(shown.at(-2)).toBe('quick 6')
    expect(asked.filter((one) => one.startsWith('whole'))).toEqual(['whole 6'])
    expect(asked.filter((one) => one.startsWith('quick')).length).toBeLessThan(6)
  })

  it('stay quick ones while a hand holds on', async () => {
    const { asker, asked } = workshop({ quick: 30, whole: 400 })
    asker.ask('1', true)
    await vi.advanceTimersByTimeAsync(HELD_MS - 100)
    asker.ask('2', true)
    await vi.advanceTimersByTimeAsync(HELD_MS - 100)
    expect(asked).toEqual(['quick 1', 'quick 2'])
    asker.ask('2')
    await vi.advanceTimersByTimeAsync(REST_MS + 1)
    expect(asked.at(-1)).toBe('whole 2')
  })

  it('never show a whole one that a change has overtaken', async () => {
    const { asker, shown } = workshop({ quick: 30, whole: 400 })
    asker.ask('1')
    await vi.advanceTimersByTimeAsync(REST_MS + 200)
    asker.ask('2')
    await vi.advanceTimersByTimeAsync(1000)
    expect(shown).toEqual(['quick 1', 'quick 2', 'whole 2'])
  })

  it('are whole ones at every change where those come at once', async () => {
    const { asker, asked } = workshop({ quick: 20, whole: PROMPT_MS - 30 })
    asker.ask('new 0')
    await vi.advanceTimersByTimeAsync(100)
    for (const q of ['1', '2', '3']) {
      asker.ask(q)
      await vi.advanceTimersByTimeAsync(60)
    }
    expect(asked).toEqual(['whole new 0', 'whole 1', 'whole 2', 'whole 3'])
  })

  it('say what went wrong once, in the newest words', async () => {
    const { asker, shown } = workshop({ quick: 30, whole: 400 })
    asker.ask('bad')
    await vi.advanceTimersByTimeAsync(40)
    expect(shown).toEqual(['failed bad'])
    asker.ask('good')
    await vi.advanceTimersByTimeAsync(1000)
    expect(shown).toEqual(['failed bad', 'quick good', 'whole good'])
  })

  it('are no more after stopping', async () => {
    const { asker, shown } = workshop({ quick: 30, whole: 400 })
    asker.ask('1')
    asker.stop()
    await vi.advanceTimersByTimeAsync(1000)
    expect(shown).toEqual([])
  })
})
