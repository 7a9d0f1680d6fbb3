import { Vector3 } from 'three'
import { describe, expect, it } from 'vitest'
import { lengthOf } from '../tubes'
import { spaced, tautBefore } from './front'

const bar = new Vector3(0, 0, 2)
const knee = new Vector3(0.05, -0.1, 0.5)

describe('a band down the front', () => {
  it('is straight where nothing stands out', () => {
    const way = tautBefore(bar, knee, [new Vector3(-0.1, 0, 1.2)])
    expect(way).toHaveLength(2)
    expect(lengthOf(way)).toBeCloseTo(bar.distanceTo(knee), 12)
  })

  it('leaves every front behind it and touches some of them', () => {
    const fronts = [new Vector3(0.06, 0, 1.6), new Vector3(0.16, 0, 1.3), new Vector3(0.12, 0, 1.1), new Vector3(0.13, 0, 0.8)]
    const way = tautBefore(bar, knee, fronts)
    const ahead = (z: number) => {
      const after = way.findIndex((p) => p.z <= z)
      const [a, b] = [way[Math.max(after - 1, 0)]!, way[after]!]
      return b.x + ((z - b.z) / (a.z - b.z || 1)) * (a.x - b.x)
    }
    for (const front of fronts) expect(ahead(front.z)).toBeGreaterThanOrEqual(front.x - 1e-9)
    expect(way.map((p) => p.x)).toContain(0.16)
    expect(lengthOf(way)).toBeLessThan(lengthOf([bar, ...fronts, knee]))
  })

  it('is cut into even pieces', () => {
    const points = spaced([bar, new Vector3(0.3, 0, 1), knee], 12)
    const steps = points.slice(1).map((p, i) => p.distanceTo(points[i]!))
    expect(points[0]!.distanceTo(bar) + points[11]!.distanceTo(knee)).toBeLessThan(1e-12)
    expect(Math.max(...steps) / Math.min(...steps)).toBeLessThan(1.1)
  })
})
