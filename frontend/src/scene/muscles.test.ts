import { Vector3 } from 'three'
import { describe, expect, it } from 'vitest'
import { bellyRadius, profile, volumeOf } from './muscles'
import { Tubes, lengthOf, through } from './tubes'

describe('a muscle', () => {
  it('keeps its volume at every length', () => {
    const volume = volumeOf(0.014, 0.2)
    for (const length of [0.12, 0.16, 0.2, 0.26])
      expect(volumeOf(bellyRadius(volume, length), length)).toBeCloseTo(volume, 12)
  })

  it('keeps the volume of its mesh as it shortens', () => {
    const volume = volumeOf(0.014, 0.2)
    const meshed = [0.13, 0.2, 0.27].map((length) => meshVolume(length, bellyRadius(volume, length)))
    // Flat sides and few rings take a little off, alike at all lengths.
    for (const found of meshed) expect(found / meshed[0]!).toBeCloseTo(1, 6)
    expect(meshed[0]! / volume).toBeGreaterThan(0.85)
    expect(meshed[0]! / volume).toBeLessThan(1.02)
  })

  it('is thickest at its middle and thin where it is tendon', () => {
    expect(profile(0.5)).toBeCloseTo(1, 6)
    for (const end of [0, 1]) expect(profile(end)).toBeLessThan(0.2)
  })
})

describe('a line through points', () => {
  it('passes through each of them', () => {
    const points = [new Vector3(0, 0, 0), new Vector3(1, 1, 0), new Vector3(2, 0, 1)]
    const line = through(points, 5)
    points.forEach((point, index) => expect(line[index * 2]!.distanceTo(point)).toBeLessThan(1e-12))
  })

  it('stays straight when they are', () => {
    const line = through(
      [0, 1, 2, 3].map((x) => new Vector3(x, 2 * x, 0)),
      11,
    )
    expect(lengthOf(line)).toBeCloseTo(Math.hypot(3, 6), 9)
  })
})

/** Volume inside a straight tube of this muscle, by the divergence of its triangles. */
function meshVolume(length: number, radius: number): number {
  const rings = 21
  const tubes = new Tubes(1, rings, 12)
  const points = Array.from({ length: rings }, (_, i) => new Vector3(0, 0, (length * i) / (rings - 1)))
  tubes.round(0, points, (share) => radius * profile(share))
  const index = tubes.geometry.getIndex()!.array
  const at = (i: number) => new Vector3().fromArray(tubes.positions, index[i]! * 3)
  let sum = 0
  for (let t = 0; t < index.length; t += 3) sum += at(t).dot(at(t + 1).cross(at(t + 2))) / 6
  // The two open ends: the lower lies in z = 0 and adds nothing.
  return sum + (12 / 2) * Math.sin((2 * Math.PI) / 12) * (radius * profile(1)) ** 2 * (length / 3)
}
