/** A magnifying glass for meshing: inside it an even grid is finer in the body, at its rim coarser. */

export interface Lens {
  centre: readonly [number, number, number]
  power: number
  /** Radius of the even part and of the rim, as the grid sees them [m]. */
  inner: number
  outer: number
}

export type Warp = (x: number, y: number, z: number, out: Float32Array) => void

/** From grid space to the body's, lenses on both sides of y = 0. Lenses must not overlap. */
export function warp(lenses: readonly Lens[]): Warp {
  return (x, y, z, out) => {
    out[0] = x
    out[1] = y
    out[2] = z
    for (const { centre, power, inner, outer } of lenses) {
      const cy = y < 0 ? -centre[1] : centre[1]
      const dx = x - centre[0]
      const dy = y - cy
      const dz = z - centre[2]
      const far = Math.sqrt(dx * dx + dy * dy + dz * dz)
      if (far >= outer) continue
      const edge = inner / power
      const scale =
        far < inner ? 1 / power : (edge + ((far - inner) * (outer - edge)) / (outer - inner)) / far
      out[0] = centre[0] + dx * scale
      out[1] = cy + dy * scale
      out[2] = centre[2] + dz * scale
    }
  }
}
