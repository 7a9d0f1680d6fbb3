import { describe, expect, it } from 'vitest'
import { LEFT_TO_PAGE, LONGEST_MS, MOST, Pace } from './pace'

const FRAME = 16

/** Frames of a drag in which a picture holds up the page for `took`, and answers come in the given frames; what the page
    has to do after a frame is done before the next, or `late` frames after it. */
function drag(took: number, frames: number, answers: (frame: number) => boolean, late = 0) {
  const tasks: { at: number; act: () => unknown }[] = []
  const pace = new Pace((act) => tasks.push({ at: frame + late, act }))
  const pictures: { at: number; frame: number }[] = []
  let now = 1000
  let frame = 0
  for (; frame < frames; frame++) {
    if (answers(frame)) pace.answered()
    pace.frame(now)
    const drawn = !pace.waits(now)
    if (drawn) {
      pace.pictured(now)
      pictures.push({ at: now, frame })
    }
    while (tasks[0] && tasks[0].at <= frame) tasks.shift()!.act()
    now += drawn ? took : FRAME
  }
  const gaps = pictures.slice(1).map(({ at }, index) => at - pictures[index]!.at)
  return { pictures, gaps }
}

describe('pictures while a hand drags', () => {
  it('come in the frame after new curves', () => {
    const { pictures } = drag(40, 400, (frame) => frame % 5 === 0)
    expect(pictures.length).toBeGreaterThan(50)
    expect(pictures.slice(1).every(({ frame }) => frame % 5 === 1)).toBe(true)
  })

  it('leave the page what it has to do once those are painted', () => {
    const { pictures } = drag(20, 400, (frame) => frame % 5 === 0, 2)
    expect(pictures.length).toBeGreaterThan(50)
    expect(pictures.slice(1).every(({ frame }) => frame % 5 === 3)).toBe(true)
  })

  it('leave the page its time between them', () => {
    for (const took of [20, 40, 80]) {
      const { gaps } = drag(took, 400, (frame) => frame % 3 === 0)
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual((1 + LEFT_TO_PAGE) * took)
    }
  })

  it('never hold up curves that have just come, unless those come in every frame', () => {
    const some = drag(10, 400, (frame) => frame % 9 === 0)
    expect(some.pictures.length).toBeGreaterThan(40)
    expect(some.pictures.slice(1).some(({ frame }) => frame % 9 === 0)).toBe(false)
    const { gaps } = drag(10, 400, () => true)
    expect(gaps.length).toBeGreaterThan(5)
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(LONGEST_MS)
  })

  it('come without answers too, but later', () => {
    const { gaps } = drag(40, 400, () => false)
    expect(gaps.length).toBeGreaterThan(10)
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(MOST * 40)
    expect(Math.max(...gaps)).toBeLessThan(MOST * 40 + 2 * FRAME)
  })
})
