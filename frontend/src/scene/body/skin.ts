import { type Matrix4, Matrix4 as Matrix } from 'three'
import type { BodyMesh } from '.'
import { PER_VERTEX } from './weights'

export interface Shell {
  positions: Float32Array
  normals: Float32Array
}

/** The skin with its bones where `frames` put them. */
export function bent(body: BodyMesh, frames: readonly Matrix4[]): Shell {
  const moves = frames.map(
    (frame, index) => new Matrix().multiplyMatrices(frame, body.unrest[index]!).elements,
  )
  const { positions: rest, triangles } = body.surface
  const { bones, shares } = body.weights
  const positions = new Float32Array(rest.length)
  for (let v = 0, p = 0; p < rest.length; v += PER_VERTEX, p += 3) {
    const x = rest[p]!
    const y = rest[p + 1]!
    const z = rest[p + 2]!
    let a = 0
    let b = 0
    let c = 0
    for (let slot = v; slot < v + PER_VERTEX; slot++) {
      const share = shares[slot]!
      if (share === 0) continue
      const e = moves[bones[slot]!]!
      a += share * (e[0]! * x + e[4]! * y + e[8]! * z + e[12]!)
      b += share * (e[1]! * x + e[5]! * y + e[9]! * z + e[13]!)
      c += share * (e[2]! * x + e[6]! * y + e[10]! * z + e[14]!)
    }
    positions[p] = a
    positions[p + 1] = b
    positions[p + 2] = c
  }
  return { positions, normals: normals(positions, triangles) }
}

/** Unit normals at the vertices: the faces' own, larger faces counting more. */
export function normals(
  positions: Float32Array,
  triangles: Uint32Array,
  out: Float32Array = new Float32Array(positions.length),
): Float32Array {
  out.fill(0)
  for (let t = 0; t < triangles.length; t += 3) {
    const i = triangles[t]! * 3
    const j = triangles[t + 1]! * 3
    const k = triangles[t + 2]! * 3
    const x = positions[i]!
    const y = positions[i + 1]!
    const z = positions[i + 2]!
    const ux = positions[j]! - x
    const uy = positions[j + 1]! - y
    const uz = positions[j + 2]! - z
    const vx = positions[k]! - x
    const vy = positions[k + 1]! - y
    const vz = positions[k + 2]! - z
    const nx = uy * vz - uz * vy
    const ny = uz * vx - ux * vz
    const nz = ux * vy - uy * vx
    out[i]! += nx
    out[i + 1]! += ny
    out[i + 2]! += nz
    out[j]! += nx
    out[j + 1]! += ny
    out[j + 2]! += nz
    out[k]! += nx
    out[k + 1]! += ny
    out[k + 2]! += nz
  }
  for (let p = 0; p < out.length; p += 3) {
    const length = Math.sqrt(out[p]! ** 2 + out[p + 1]! ** 2 + out[p + 2]! ** 2) || 1
    out[p]! /= length
    out[p + 1]! /= length
    out[p + 2]! /= length
  }
  return out
}
