import {
  Color,
  DoubleSide,
  FrontSide,
  GreaterDepth,
  type IUniform,
  LessEqualDepth,
  NoBlending,
  NormalBlending,
  ShaderMaterial,
  Vector3,
} from 'three'

/** Uniforms that all materials share: one place to change light, theme and where far things fade. */
export interface Shared {
  [name: string]: IUniform
  /** 1 on dark ground, else 0. */
  night: IUniform<number>
  skin: IUniform<Color>
  skinLit: IUniform<Color>
  skinEdge: IUniform<Color>
  /** The trunk's axis in the eye's own axes: what lies behind it is seen through the body. */
  axisLow: IUniform<Vector3>
  axisHigh: IUniform<Vector3>
}

export const shared = (): Shared => ({
  skin: { value: new Color() },
  skinLit: { value: new Color() },
  skinEdge: { value: new Color() },
  axisLow: { value: new Vector3() },
  axisHigh: { value: new Vector3(0, 0, 1) },
  night: { value: 0 },
})

const VARYING = /* glsl */ `
varying vec3 vNormal;
varying vec3 vView;
`
const PLACE = /* glsl */ `
#ifdef USE_INSTANCING
  vec4 seen = modelViewMatrix * instanceMatrix * vec4(position, 1.0);
  vNormal = normalMatrix * mat3(instanceMatrix) * normal;
#else
  vec4 seen = modelViewMatrix * vec4(position, 1.0);
  vNormal = normalMatrix * normal;
#endif
  vView = -seen.xyz;
  gl_Position = projectionMatrix * seen;
`
/** A soft key light over the reader's left shoulder, and the sky: enough to read form, little enough to keep colours. */
const LIGHT = /* glsl */ `
float lit(vec3 n) {
  float key = 0.5 + 0.5 * dot(n, normalize(vec3(-0.45, 0.75, 0.5)));
  return key * key * 0.6 + key * 0.4;
}
`

/** How much of the trunk lies between a place and the eye: 0 on the near side and on the limbs, 1 on the far side. */
const FAR = /* glsl */ `
uniform vec3 axisLow;
uniform vec3 axisHigh;
float far(vec3 at) {
  vec3 along = axisHigh - axisLow;
  float share = clamp(dot(at - axisLow, along) / dot(along, along), 0.0, 1.0);
  vec3 off = at - (axisLow + share * along);
  return smoothstep(0.0, 0.09, -off.z) * (1.0 - smoothstep(0.19, 0.27, length(off)));
}
`

/** In smallest steps of depth: some centimetres at the distances we look from. */
const NEARER = -6000

export interface PaintOptions {
  /** Within the body, where the far half fades into the skin. */
  inside?: boolean
  both?: boolean
  clear?: number
  /** Seen only where something else is in front of it. */
  hidden?: boolean
  /** Never covered. */
  overlay?: boolean
}

/** Anything of one colour. What is not inside the body is drawn after it, among the see-through things. */
export function paint(common: Shared, colour: Color, options: PaintOptions = {}): ShaderMaterial {
  const clear = options.clear ?? 1
  return new ShaderMaterial({
    uniforms: { ...common, colour: { value: colour }, opacity: { value: clear } },
    transparent: !options.inside,
    blending: clear < 1 ? NormalBlending : NoBlending,
    depthWrite: clear === 1,
    depthTest: !options.overlay,
    depthFunc: options.hidden ? GreaterDepth : LessEqualDepth,
    // A fist or foot hides what it holds; only what lies further behind shines through.
    polygonOffset: options.hidden ?? false,
    polygonOffsetUnits: options.hidden ? NEARER : 0,
    side: options.both ? DoubleSide : FrontSide,
    defines: options.inside ? { INSIDE: '' } : {},
    vertexShader: `${VARYING}void main() {${PLACE}}`,
    fragmentShader: /* glsl */ `${VARYING}${LIGHT}
uniform vec3 colour;
uniform vec3 skin;
uniform vec3 skinEdge;
uniform float night;
uniform float opacity;
#ifdef INSIDE
${FAR}
#endif
void main() {
  vec3 n = normalize(vNormal) * (gl_FrontFacing ? 1.0 : -1.0);
  vec3 c = colour * (0.62 + 0.42 * lit(n));
#ifdef INSIDE
  float rim = 1.0 - abs(dot(n, normalize(vView)));
  c = mix(c, skinEdge, 0.08 + 0.5 * rim * rim);
  c = mix(c, skin, 0.4 * night); // on dark ground working muscles are the bright ones
  c = mix(c, skin, 0.55 * far(-vView));
#endif
  gl_FragColor = vec4(c, opacity);
}`,
  })
}

/** Activation at which a muscle stops being seen through. */
export const SOLID_FROM = 0.06
/** Share of that from which it is solid. */
export const SOLID = 0.999

/** Muscles carry colour and activation on each vertex. Idle ones are glass, drawn after the working ones; each mesh is
    given the triangles of its own. */
export function flesh(common: Shared, idle: boolean): ShaderMaterial {
  return new ShaderMaterial({
    uniforms: common,
    transparent: idle,
    depthWrite: !idle,
    defines: idle ? { IDLE: '' } : {},
    vertexShader: /* glsl */ `${VARYING}
attribute vec4 tint;
varying vec4 vTint;
void main() {
  vTint = tint;${PLACE}}`,
    fragmentShader: /* glsl */ `${VARYING}${LIGHT}
varying vec4 vTint;
uniform vec3 skin;
${FAR}
void main() {
  float work = vTint.a;
  vec3 n = normalize(vNormal);
  float rim = 1.0 - abs(dot(n, normalize(vView)));
  vec3 c = vTint.rgb * (0.74 + 0.3 * lit(n)) * (1.0 - 0.22 * rim * rim);
  float behind = far(-vView);
  c = mix(c, skin, 0.78 * behind);
#ifdef IDLE
  gl_FragColor = vec4(c, mix(0.16, 0.85, work) * (1.0 - 0.85 * behind));
#else
  gl_FragColor = vec4(c, 1.0);
#endif
}`,
  })
}

/** The skin: clear where it faces the eye, denser toward its edges. */
export function skin(common: Shared): ShaderMaterial {
  return new ShaderMaterial({
    uniforms: common,
    transparent: true,
    depthWrite: false,
    vertexShader: `${VARYING}void main() {${PLACE}}`,
    fragmentShader: /* glsl */ `${VARYING}${LIGHT}
uniform vec3 skin;
uniform vec3 skinLit;
uniform vec3 skinEdge;
uniform float night;
void main() {
  vec3 n = normalize(vNormal);
  float facing = clamp(dot(n, normalize(vView)), 0.0, 1.0);
  float turned = 1.0 - facing;
  float rim = turned * turned * (0.8 + 0.2 * turned);
  float light = lit(n);
  vec3 c = mix(mix(skinEdge, skin, 0.2), mix(skinLit, vec3(1.0), mix(0.3, 0.12, night)), light);
  c = mix(c, skinEdge * mix(0.86, 1.05, night), 0.8 * rim);
  // Where less light falls it is denser, so that its form shows.
  gl_FragColor = vec4(c, mix(0.2 + 0.2 * (1.0 - light), 0.95, rim));
}`,
  })
}

/** Writes depth only, so that of the skin just the nearest layer is seen. */
export function veil(common: Shared): ShaderMaterial {
  return new ShaderMaterial({
    uniforms: common,
    colorWrite: false,
    // Drawn in the order of see-through things: after the idle muscles, which lie under the skin.
    transparent: true,
    // The very same sum as the skin's own, or the two would flicker.
    vertexShader:
      'void main() { vec4 seen = modelViewMatrix * vec4(position, 1.0); gl_Position = projectionMatrix * seen; }',
    fragmentShader: 'void main() { gl_FragColor = vec4(0.0); }',
  })
}
