import { describe, expect, it } from 'vitest'
import { latest } from './latest'

/** A server whose answers come when the test says so. */
function slowServer() {
  const open: { question: string; answer(): void; fail(): void; signal: AbortSignal }[] = []
  const run = (question: string, signal: AbortSignal) =>
    new Promise<string>((resolve, reject) => {
      open.push({ question, signal, answer: () => resolve(`${question}!`), fail: () => reject(new Error(question)) })
    })
  return { open, run }
}

const settle = () => new Promise((resolve) => setTimeout(resolve))

describe('coalescing', () => {
  it('asks for the first and the newest, and shows only what is still wanted', async () => {
    const { open, run } = slowServer()
    const shown: string[] = []
    const asker = latest(run, { done: (answer) => shown.push(answer), failed: () => {} })
    for (const question of ['a', 'b', 'c', 'd']) asker.ask(question)
    expect(open.map((one) => one.question)).toEqual(['a'])
    open[0]?.answer()
    await settle()
    expect(open.map((one) => one.question)).toEqual(['a', 'd'])
    expect(shown).toEqual([])
    open[1]?.answer()
    await settle()
    expect(shown).toEqual(['d!'])
  })

  it('shows an answer on the way where it fits the newest question', async () => {
    const { open, run } = slowServer()
    const shown: string[] = []
    const asker = latest(run, { done: (answer) => shown.push(answer), failed: () => {} }, (older, newer) => older[0] === newer[0])
    asker.ask('row 1')
    asker.ask('row 2')
    open[0]?.answer()
    await settle()
    expect(shown).toEqual(['row 1!'])
    asker.ask('fly 1')
    open[1]?.answer()
    await settle()
    expect(shown).toEqual(['row 1!'])
  })

  it('tells of a failure only when nothing newer waits, and goes on', async () => {
    const { open, run } = slowServer()
    const told: string[] = []
    const asker = latest(run, { done: (answer) => told.push(answer), failed: (error) => told.push(String(error)) })
    asker.ask('a')
    asker.ask('b')
    open[0]?.fail()
    await settle()
    expect(told).toEqual([])
    open[1]?.fail()
    await settle()
    expect(told).toEqual(['Error: b'])
    asker.ask('c')
    open[2]?.answer()
    await settle()
    expect(told).toEqual(['Error: b', 'c!'])
  })

  it('says nothing once stopped', async () => {
    const { open, run } = slowServer()
    const told: unknown[] = []
    const asker = latest(run, { done: (answer) => told.push(answer), failed: (error) => told.push(error) })
    asker.ask('a')
    asker.stop()
    expect(open[0]?.signal.aborted).toBe(true)
    open[0]?.answer()
    await settle()
    expect(told).toEqual([])
  })
})
