import { describe, expect, it } from 'vitest'
import { begun, changed, DEPTH, redone, TOGETHER_MS, undone } from './history'

describe('undo', () => {
  it('goes back and forth through every change', () => {
    const three = changed(changed(begun('a'), 'b', 'x', 0), 'c', 'y', 1)
    expect(undone(three).now).toBe('b')
    expect(undone(undone(three)).now).toBe('a')
    expect(redone(redone(undone(undone(three)))).now).toBe('c')
  })

  it('takes quick steps of one control as one', () => {
    let steps = begun(0)
    for (let n = 1; n <= 5; n += 1) steps = changed(steps, n, 'height', n * 100)
    expect(undone(steps).now).toBe(0)
  })

  it('keeps slow steps and other controls apart', () => {
    const slow = changed(changed(begun(0), 1, 'height', 0), 2, 'height', TOGETHER_MS + 1)
    expect(undone(slow).now).toBe(1)
    expect(undone(changed(changed(begun(0), 1, 'height', 0), 2, 'weight', 1)).now).toBe(1)
  })

  it('takes all that a hand does before it lets go as one, however slowly', () => {
    let drag = begun(0)
    for (let n = 1; n <= 3; n += 1) drag = changed(drag, n, 'drag', n * 10 * TOGETHER_MS, n < 3)
    expect(undone(drag).now).toBe(0)
    expect(undone(changed(drag, 9, 'drag', 99 * TOGETHER_MS)).now).toBe(3)
  })

  it('does not join a change to one that was undone', () => {
    const back = undone(changed(changed(begun(0), 1, 'height', 0), 2, 'weight', 1))
    expect(undone(changed(back, 9, 'height', 2)).now).toBe(1)
  })

  it('forgets what was undone once something else is changed', () => {
    expect(redone(changed(undone(changed(begun('a'), 'b', 'x', 0)), 'c', 'x', 9)).now).toBe('c')
  })

  it('stays where it is at either end', () => {
    expect(undone(begun('a')).now).toBe('a')
    expect(redone(begun('a')).now).toBe('a')
  })

  it('has an end', () => {
    let many = begun(0)
    for (let n = 1; n <= DEPTH + 50; n += 1) many = changed(many, n, String(n), n)
    expect(many.past.length).toBe(DEPTH)
  })
})
