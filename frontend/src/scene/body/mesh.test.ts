import { Vector3 } from 'three'
import { describe, expect, it } from 'vitest'
import { example } from '../example'
import { decode } from '../repetition'
import { jointsAt } from './joints'
import { Body, type BodyMesh } from '.'
import { CELL, meshed } from './mesh'
import { pose } from './rig'
import { bent } from './skin'
import { PER_VERTEX } from './weights'

const COARSE = 0.03

function bodyOf(sex: 'male' | 'female' = 'male', cell = COARSE): BodyMesh {
  const repetition = decode(example({ sex }))
  return new Body(repetition, meshed(repetition, cell), []).mesh
}

const repetition = decode(example())
const body = bodyOf()

it.each([
  ['skin', body.surface],
  ['pelvis', body.skeleton.pelvis],
  ['shoulder blade', body.skeleton.blade],
])('the %s is closed: each edge belongs to two triangles that run along it both ways', (_, { triangles }) => {
    const edges = new Map<string, number>()
    for (let t = 0; t < triangles.length; t += 3)
      for (let side = 0; side < 3; side++) {
        const [a, b] = [triangles[t + side]!, triangles[t + ((side + 1) % 3)]!]
        edges.set(`${a} ${b}`, (edges.get(`${a} ${b}`) ?? 0) + 1)
      }
    for (const [edge, count] of edges) expect(edges.get(edge.split(' ').reverse().join(' '))).toBe(count)
})

describe('the skin at rest', () => {
  it('has only real numbers, and its outside outward', () => {
    expect(body.surface.positions.every(Number.isFinite)).toBe(true)
    // A man of 80 kg is about 80 litres.
    expect(volume(body.surface.positions, body.surface.triangles)).toBeGreaterThan(0.06)
    expect(volume(body.surface.positions, body.surface.triangles)).toBeLessThan(0.11)
  })

  it('is alike on both sides', () => {
    const { positions } = body.surface
    const far = (way: number) =>
      Math.max(...Array.from({ length: positions.length / 3 }, (_, v) => way * positions[v * 3 + 1]!))
    expect(far(1)).toBeCloseTo(far(-1), 3)
  })

  it('differs between women and men', () => {
    const woman = bodyOf('female')
    expect(volume(woman.surface.positions, woman.surface.triangles)).not.toBeCloseTo(
      volume(body.surface.positions, body.surface.triangles),
      4,
    )
  })

  it('stays within its budget of triangles', () => {
    expect(bodyOf('male', CELL).surface.triangles.length / 3).toBeLessThan(21_000)
  })
})

describe('weights', () => {
  it('sum to one at each vertex, and none is negative', () => {
    const { shares } = body.weights
    for (let v = 0; v < shares.length; v += PER_VERTEX) {
      const own = [...shares.slice(v, v + PER_VERTEX)]
      expect(own.reduce((a, b) => a + b)).toBeCloseTo(1, 5)
      expect(Math.min(...own)).toBeGreaterThanOrEqual(0)
    }
  })
})

describe('bending', () => {
  it('leaves the rest pose as it is', () => {
    const { positions } = bent(body, pose(body.rest, body.rest).frames)
    for (let i = 0; i < positions.length; i++)
      expect(Math.abs(positions[i]! - body.surface.positions[i]!)).toBeLessThan(1e-5)
  })

  it.each([0, 1, 2])('keeps the body whole at sample %i', (index) => {
    const { positions, normals } = bent(body, pose(jointsAt(repetition, index), body.rest).frames)
    expect(positions.every(Number.isFinite)).toBe(true)
    expect(normals.every(Number.isFinite)).toBe(true)
    const ratio =
      volume(positions, body.surface.triangles) / volume(body.surface.positions, body.surface.triangles)
    expect(ratio).toBeGreaterThan(0.93)
    expect(ratio).toBeLessThan(1.07)
  })

  it('puts the fist round the grip point', () => {
    const joints = jointsAt(repetition, 2)
    const { positions } = bent(body, pose(joints, body.rest).frames)
    const gaps = Array.from({ length: positions.length / 3 }, (_, v) =>
      joints.hand_r.distanceTo(new Vector3().fromArray(positions, v * 3)),
    )
    expect(Math.min(...gaps)).toBeLessThan(0.03)
    expect(gaps.filter((gap) => gap < 0.09).length).toBeGreaterThan(50)
  })

  it('stands on the floor', () => {
    const { positions } = bent(body, pose(jointsAt(repetition, 0), body.rest).frames)
    const low = Math.min(...positions.filter((_, i) => i % 3 === 2))
    expect(Math.abs(low)).toBeLessThan(0.012)
  })
})

function volume(positions: Float32Array, triangles: Uint32Array): number {
  const at = (i: number) => new Vector3().fromArray(positions, triangles[i]! * 3)
  let sum = 0
  for (let t = 0; t < triangles.length; t += 3) sum += at(t).dot(at(t + 1).cross(at(t + 2))) / 6
  return sum
}
