/** What the figure is given and what it answers. Lengths in metres, angles in radians unless a name says otherwise. */

export type Side = 'r' | 'l'
export type Triple = readonly [number, number, number]

/** One coordinate through the repetition: first value, then changes, in whole millimetres. */
export type Course = number[]
/** The courses of x, y and z. */
export type Path = Course[]

export interface MuscleLine {
  name: string
  half_width_mm: number
  sheet: number | null
  line: Path[]
}

export type Furniture =
  | { kind: 'bar'; ends_mm: number[][] }
  | { kind: 'bench'; corner_mm: number[]; edges_mm: number[][]; legs_mm: number[][][] }

/** The answer of `/api/repetition`, `bandwright.repetition/1`. */
export interface RepetitionData {
  exercise: string
  person: { sex: 'male' | 'female'; stature_m: number; mass_kg: number }
  working: Side[]
  posture: string
  grip: string
  phases: number
  girth: number
  view_from: number[]
  points: Record<string, Path>
  mirrored: boolean
  muscles: Record<string, MuscleLine>
  objects: Furniture[]
}

export interface LoadEnds {
  from: string | null
  to: string
}

/** What of an analysis is drawn; the answer of `/api/analyse` fits as it is. */
export interface AnalysisData {
  positions_m: Record<string, number[][]>
  loads: {
    id: string
    kind: string
    ends: LoadEnds[]
    force_on_hand_r_n: number[][]
    force_on_hand_l_n: number[][]
    stretch_ratio?: number[] | null
  }[]
  muscles: Record<string, { activation: number[] }>
  setup: SetupData
}

export interface SetupPoint {
  x_m: number
  y_m?: number
  z_m?: number | null
  z_stature?: number | null
}

export interface SetupLoad {
  id: string
  kind: string
  from?: string | SetupPoint
  to?: string
  rig?: string | null
  count?: number
  mass_kg?: number
  free_length_m?: number | null
}

export interface SetupData {
  exercise: string
  load?: SetupLoad[] | null
}

export const VIEWS = ['front', 'side', 'back', 'three-quarter', 'free'] as const
export type ViewName = (typeof VIEWS)[number]

/** A grip that slides along its band: free length over what it was when it was taken hold of. */
export interface GripMove {
  load: string
  share: number
  done: boolean
}

export type HandleMove = AnchorMove | GripMove

/** A load's anchor at a place, be it that it was moved or that the person stepped away from it. */
export interface AnchorMove {
  load: string
  x_m: number
  y_m: number
  z_m: number
  /** False while the handle is held, true once let go. */
  done: boolean
}

export interface FigureOptions {
  /** Whether the exercise is done with kettlebells: weights look like them unless their id says dumbbell. */
  kettlebells?: boolean
  arrows?: boolean
  theme?: 'light' | 'dark'
  /** Left out: as the system prefers. */
  reducedMotion?: boolean
  /** Upper bound of the pixel ratio; 2 unless given. */
  pixelRatio?: number
  /** Nothing can be dragged: the set-up is only shown. */
  fixed?: boolean
}

export interface FigureStats {
  frames: number
  triangles: number
  drawCalls: number
  /** Mean time to draw one frame, and to pose the body for it [ms]. */
  drawMs: number
  poseMs: number
  geometries: number
  textures: number
}

export interface Figure {
  setRepetition(data: RepetitionData): Promise<void>
  setAnalysis(data: AnalysisData): void
  /** Moves what can move without an answer of the server: the ends of loads. */
  setSetup(data: SetupData): void
  setPhase(phase: number): void
  setView(name: ViewName): void
  setArrows(shown: boolean): void
  setKettlebells(shown: boolean): void
  setTheme(theme: 'light' | 'dark'): void
  onDrag(callback: (move: HandleMove) => void): void
  /** Called with a muscle's id with side, its name and where it was touched [CSS px]; null beside all muscles. */
  pick(callback: (found: Picked | null) => void): void
  highlight(muscle: string | null): void
  resize(): void
  dispose(): void
  stats(): FigureStats
}

export interface Picked {
  id: string
  name: string
  activation: number
  x: number
  y: number
}

/** Why no figure can be shown; the host shows its flat picture instead. */
export class FigureUnavailable extends Error {
  override readonly name = 'FigureUnavailable'
}
