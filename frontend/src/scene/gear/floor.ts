import { Color, Group, Mesh, PlaneGeometry, ShaderMaterial, type Vector3, Vector4 } from 'three'
import type { Joints } from '../body/joints'

const BLOBS = 5
/** Least length of the floor, and what lies beside what stands on it [m]. */
const LEAST = 0.55
const BESIDE = 0.7
/** Least width of the floor as a share of its length. */
const ROUND = 0.5

/** A round floor that runs out softly, darker under what stands on it. */
export class Floor {
  /** Drawn before all else that is seen through. */
  readonly group = new Group()
  private readonly mesh: Mesh
  private readonly blobs = Array.from({ length: BLOBS }, () => new Vector4())
  private readonly material: ShaderMaterial

  constructor(colour: Color, shade: Color) {
    this.material = new ShaderMaterial({
      transparent: true,
      depthWrite: false,
      uniforms: {
        colour: { value: colour },
        shade: { value: shade },
        blobs: { value: this.blobs },
        strength: { value: 0.34 },
      },
      vertexShader: /* glsl */ `
varying vec2 vAt;
varying vec2 vRound;
void main() {
  vRound = position.xy * 2.0;
  vec4 at = modelMatrix * vec4(position, 1.0);
  vAt = at.xy;
  gl_Position = projectionMatrix * viewMatrix * at;
}`,
      fragmentShader: /* glsl */ `
varying vec2 vAt;
varying vec2 vRound;
uniform vec3 colour;
uniform vec3 shade;
uniform float strength;
uniform vec4 blobs[${BLOBS}];
void main() {
  float away = dot(vRound, vRound);
  if (away >= 1.0) discard;
  float dark = 0.0;
  for (int i = 0; i < ${BLOBS}; i++) {
    // A soft spot out of products alone: without a graphics chip, exponentials took as long as the whole body.
    vec2 d = (vAt - blobs[i].xy) * blobs[i].z;
    float soft = max(1.0 - 0.22 * dot(d, d), 0.0);
    soft *= soft;
    dark += blobs[i].w * soft * soft;
  }
  dark = min(dark, 1.0) * strength;
  float ground = min(2.0 * (1.0 - away), 1.0);
  ground *= ground;
  gl_FragColor = vec4(mix(colour, shade, dark), ground);
}`,
    })
    this.mesh = new Mesh(new PlaneGeometry(1, 1), this.material)
    this.mesh.frustumCulled = false
    this.group.add(this.mesh)
    this.group.renderOrder = -2
  }

  /** Lies under all these places. */
  cover(places: readonly Vector3[]): void {
    const span = (part: (p: Vector3) => number) =>
      [Math.min(...places.map(part)), Math.max(...places.map(part))] as const
    const [x, y] = [span((p) => p.x), span((p) => p.y)]
    // An oval round a box is √2 as long as the box each way; it runs out softly beyond.
    const size = (s: readonly [number, number]) => Math.max(1.45 * (s[1] - s[0]), LEAST) + BESIDE
    this.mesh.position.set((x[0] + x[1]) / 2, (y[0] + y[1]) / 2, -0.002)
    const [long, wide] = [size(x), size(y)]
    // A long floor is not a narrow one: feet at its end stand on it, not on its rim.
    this.mesh.scale.set(Math.max(long, ROUND * wide), Math.max(wide, ROUND * long), 1)
  }

  setColours(colour: Color, shade: Color, strength: number): void {
    this.material.uniforms.colour!.value = colour
    this.material.uniforms.shade!.value = shade
    this.material.uniforms.strength!.value = strength
  }

  place(j: Joints): void {
    const soft = (x: number, y: number, radius: number, high: number, weight: number, blob: Vector4) =>
      blob.set(x, y, 1 / (radius * (1 + 0.8 * Math.max(high, 0))), weight / (1 + 5 * Math.max(high, 0)))
    ;(['l', 'r'] as const).forEach((side, index) => {
      const middle = j[`ankle_${side}`].clone().lerp(j[`toe_${side}`], 0.4)
      soft(middle.x, middle.y, 0.13, middle.z - 0.04, 0.85, this.blobs[index]!)
      const knee = j[`knee_${side}`]
      soft(knee.x, knee.y, 0.16, knee.z, 0.4, this.blobs[index + 2]!)
    })
    const trunk = j.pelvis.clone().lerp(j.suprasternal_notch, 0.5)
    soft(trunk.x, trunk.y, 0.26, 0.4 * trunk.z, 0.5, this.blobs[4]!)
  }

  dispose(): void {
    this.mesh.geometry.dispose()
    this.material.dispose()
  }
}
