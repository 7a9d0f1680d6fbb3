import { Group, Scene, Vector3, type WebGLRenderer } from 'three'
import { Body } from './body'
import { Bones } from './body/bones'
import type { Joints } from './body/joints'
import { meshOf } from './body/mesher'
import { type Palette, readPalette } from './colours'
import { Equipment } from './gear'
import { Floor } from './gear/floor'
import { Muscles } from './muscles'
import { Paints } from './paints'
import { type Repetition, decode } from './repetition'
import type {
  AnalysisData,
  HandleMove,
  Figure,
  FigureOptions,
  FigureStats,
  Picked,
  RepetitionData,
  SetupData,
  ViewName,
} from './types'
import { type Dragged, Handles } from './view/handle'
import { Orbit } from './view/orbit'
import { Pace } from './view/pace'
import { rendererOn } from './view/renderer'
import { Sharpness } from './view/sharpness'
import { Still } from './view/still'
import { Taps } from './view/taps'
import { direction, outline, standing } from './view/views'

/** A figure on a canvas.
    @throws FigureUnavailable where the browser cannot draw in 3D. */
export function createFigure(canvas: HTMLCanvasElement, options: FigureOptions = {}): Figure {
  return new Stage(canvas, options)
}

/** The body is drawn before the gear, so that hands close over what they hold. */
const WITHIN = -1

/** While a hand drags, muscles are coloured anew at most this often: the whole body must be drawn for it [ms]. */
const COLOURED_MS = 500

/** What belongs to one repetition and goes with it. */
interface Cast {
  repetition: Repetition
  body: Body
  bones: Bones
  muscles: Muscles
}

/** Holds everything together and draws when something has changed, never else. */
class Stage implements Figure {
  private readonly gl: WebGLRenderer
  private readonly coarse: boolean
  private readonly sharpness: Sharpness | undefined
  private readonly scene = new Scene()
  /** What a hand that drags leaves as it is, and what it moves. */
  private readonly stays = new Group()
  private readonly moves = new Group()
  private readonly still: Still | undefined
  private readonly paints = new Paints()
  private readonly orbit: Orbit
  private readonly handles: Handles
  private readonly taps: Taps
  private readonly equipment: Equipment
  private readonly floor: Floor
  private palette: Palette
  private cast: Cast | null = null
  private analysis: AnalysisData | null = null
  private phase = 0
  private joints: Joints | null = null
  private view: ViewName = 'three-quarter'
  private theme: 'light' | 'dark' | undefined
  /** Whether body, colours of the muscles, and gear are those of now. */
  private posed = false
  private tinted = false
  private placed = false
  private axis: readonly [Vector3, Vector3] = [new Vector3(), new Vector3(0, 0, 1)]
  private request = 0
  /** Whether anything has changed since the last picture. */
  private stale = true
  private before = 0
  /** When the muscles were coloured last. */
  private coloured = 0
  private readonly pace = new Pace()
  private gone = false
  private asked = 0
  private readonly counts = { frames: 0, drawMs: 0, poseMs: 0, poses: 0 }
  private dragged: (move: HandleMove) => void = () => undefined
  private picked: (found: Picked | null) => void = () => undefined

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly options: FigureOptions,
  ) {
    const { gl, slow } = rendererOn(canvas, options.pixelRatio ?? 2)
    this.gl = gl
    this.coarse = slow
    if (slow) {
      this.sharpness = new Sharpness(gl, () => gl.render(this.scene, this.orbit.camera))
      this.still = new Still(gl, this.scene, this.stays, this.moves)
    }
    this.theme = options.theme
    this.palette = readPalette(canvas, this.theme)
    this.equipment = new Equipment(this.paints.coloured, options)
    this.floor = new Floor(this.palette.colour.floor, this.palette.colour.ink)
    const changed = () => this.invalidate()
    this.orbit = new Orbit(
      canvas,
      changed,
      () => this.handles.holding,
      () => this.calm,
    )
    const { handle, load } = this.paints.coloured
    this.handles = new Handles(canvas, this.orbit.camera, handle, load, (dragged) => this.handleMoved(dragged))
    this.taps = new Taps(canvas, this.orbit.camera, (x, y, ray) => this.tapped(x, y, ray))
    this.stays.add(this.floor.group)
    this.moves.add(this.equipment.group, this.handles.group)
    this.scene.add(this.stays, this.moves)
    // Sideways drags turn the figure; up and down the page scrolls, as under any picture.
    canvas.style.touchAction = 'pan-y'
    canvas.addEventListener('webglcontextrestored', changed)
    this.recolour()
    this.resize()
  }

  private get calm(): boolean {
    return this.options.reducedMotion ?? window.matchMedia('(prefers-reduced-motion: reduce)').matches
  }

  async setRepetition(data: RepetitionData): Promise<void> {
    const turn = ++this.asked
    const repetition = decode(data)
    const mesh = await meshOf(data, this.coarse)
    // Another repetition was asked for, or the page was left, while this body was being made.
    if (turn !== this.asked || this.gone) return
    this.strike()
    const body = new Body(repetition, mesh, [this.paints.veil, this.paints.skin])
    const bones = new Bones(this.paints.coloured.bone, body.mesh, this.coarse)
    const muscles = new Muscles(repetition, body.mesh, this.paints.flesh, this.palette, this.coarse)
    this.cast = { repetition, body, bones, muscles }
    for (const part of [bones, muscles, body]) part.group.renderOrder = WITHIN
    this.stays.add(bones.group, muscles.group, body.group)
    this.equipment.setRepetition(repetition)
    this.handles.set([], false)
    this.floor.group.visible = repetition.posture !== 'hanging'
    if (this.analysis?.setup.exercise === repetition.exercise) this.setAnalysis(this.analysis)
    this.posed = false
    this.frame(false)
    this.invalidate()
  }

  setAnalysis(data: AnalysisData): void {
    this.analysis = data
    this.pace.answered()
    if (!this.cast || data.setup.exercise !== this.cast.repetition.exercise) return
    const first = this.equipment.loads.length === 0
    this.cast.muscles.setActivation(data.muscles)
    const held = this.handles.holding
    this.equipment.setAnalysis(data, held)
    this.tinted = this.placed = false
    if (!held) {
      this.handles.set(this.equipment.loads, !this.options.fixed)
      if (!this.orbit.free) this.frame(!first)
    }
    this.invalidate()
  }

  setSetup(data: SetupData): void {
    if (!this.cast || this.handles.holding || data.exercise !== this.cast.repetition.exercise) return
    this.equipment.setSetup(data)
    this.placed = false
    this.invalidate()
  }

  setPhase(phase: number): void {
    const wanted = Math.min(1, Math.max(0, phase))
    if (wanted === this.phase) return
    this.phase = wanted
    this.posed = false
    this.invalidate()
  }

  setView(name: ViewName): void {
    if (name === 'free') return
    this.view = name
    this.frame(true)
  }

  setArrows(shown: boolean): void {
    if (shown === this.equipment.arrows.group.visible) return
    this.equipment.arrows.group.visible = shown
    this.placed = false
    if (!this.orbit.free) this.frame(true)
    this.invalidate()
  }

  setKettlebells(shown: boolean): void {
    this.equipment.setKettlebells(shown)
    this.placed = false
    this.invalidate()
  }

  setTheme(theme: 'light' | 'dark'): void {
    this.theme = theme
    this.recolour()
    // Tokens of the page may change only after this call.
    requestAnimationFrame(() => this.gone || this.recolour())
  }

  onDrag(callback: (move: HandleMove) => void): void {
    this.dragged = callback
  }

  pick(callback: (found: Picked | null) => void): void {
    this.picked = callback
  }

  highlight(muscle: string | null): void {
    this.cast?.muscles.mark(muscle)
    this.tinted = false
    this.invalidate()
  }

  resize(): void {
    const { clientWidth: width, clientHeight: height } = this.canvas
    if (width === 0 || height === 0) return
    this.gl.setSize(width, height, false)
    this.orbit.camera.aspect = width / height
    this.orbit.camera.updateProjectionMatrix()
    if (!this.orbit.free) this.frame(false)
    this.invalidate()
  }

  stats(): FigureStats {
    const { render, memory } = this.gl.info
    const { frames, drawMs, poseMs, poses } = this.counts
    return {
      frames,
      triangles: render.triangles,
      drawCalls: render.calls,
      drawMs: frames > 0 ? drawMs / frames : 0,
      poseMs: poses > 0 ? poseMs / poses : 0,
      geometries: memory.geometries,
      textures: memory.textures,
    }
  }

  dispose(): void {
    this.gone = true
    cancelAnimationFrame(this.request)
    this.sharpness?.dispose()
    this.still?.dispose()
    this.strike()
    this.equipment.dispose()
    this.handles.dispose()
    this.taps.dispose()
    this.orbit.dispose()
    this.floor.dispose()
    this.paints.dispose()
    this.gl.dispose()
    // A canvas that stays may be drawn on again, and a lost context does not come back.
    setTimeout(() => this.canvas.isConnected || this.gl.forceContextLoss(), 0)
  }

  /** Takes the present body off the stage. */
  private strike(): void {
    if (!this.cast) return
    const { body, bones, muscles } = this.cast
    this.stays.remove(body.group, bones.group, muscles.group)
    for (const part of [body, bones, muscles]) part.dispose()
    this.cast = null
    this.joints = null
    this.equipment.clear()
  }

  private frame(animated: boolean): void {
    if (!this.cast) return
    const { repetition } = this.cast
    const toward = direction(this.view, repetition)
    this.equipment.openTo(toward.clone().normalize())
    const corners = this.equipment.corners()
    this.floor.cover(standing(repetition, corners))
    this.orbit.look(toward, outline(repetition, corners), animated)
  }

  private recolour(): void {
    this.palette = readPalette(this.canvas, this.theme)
    this.paints.apply(this.palette)
    const { floor, ink, page } = this.palette.colour
    this.floor.setColours(floor, this.palette.dark ? page : ink, this.palette.dark ? 0.75 : 0.26)
    this.cast?.muscles.setPalette(this.palette)
    this.tinted = false
    this.invalidate()
  }

  private handleMoved({ part, load, share, done }: Dragged): void {
    this.equipment.anchorsMoved()
    this.placed = false
    this.invalidate()
    if (part === 'grip') return this.dragged({ load: load.id, share, done })
    if (!load.anchor) return
    const { x, y, z } = load.anchor
    this.dragged({ load: load.id, x_m: x, y_m: y, z_m: z, done })
  }

  private tapped(x: number, y: number, ray: Parameters<Muscles['touched']>[0]): void {
    if (!this.cast || this.handles.holding) return
    const found = this.cast.muscles.touched(ray, this.phase)
    this.picked(found && { ...found, x, y })
  }

  private invalidate(): void {
    this.stale = true
    // Nobody sees the stage before a body stands on it.
    if (this.gone || !this.cast || this.request !== 0) return
    this.before = performance.now()
    this.request = requestAnimationFrame(this.draw)
  }

  private readonly draw = (now: number) => {
    this.request = 0
    this.pace.frame(now)
    if (this.gone) return
    if (!this.stale) return this.sharpness?.rest()
    // Looks in once more: what changes at the next frame is then drawn in that one, not in the one after.
    this.request = requestAnimationFrame(this.draw)
    const dragging = this.still !== undefined && this.handles.holding
    if (dragging && (this.still!.busy || this.pace.waits(now))) return
    const moving = this.orbit.step(Math.max(now - this.before, 8) / 1000)
    // Only what the hand moves is drawn then, unless the repetition plays meanwhile.
    this.picture(now, dragging && !moving && this.posed ? this.still : undefined)
    if (moving) this.stale = true
    this.pace.pictured(now)
  }

  private picture(now: number, still: Still | undefined): void {
    // New colours need the whole body: that is drawn beside the picture, and the next one shows it.
    const fits = still !== undefined && still.fits
    const beside = fits && !this.tinted && now - this.coloured >= COLOURED_MS
    this.pose(fits && !beside)
    this.stale = beside || !this.tinted
    if (beside) return still.keep(this.orbit.camera)
    this.handles.place(this.joints)
    this.seeAxis()
    this.equipment.openTo(this.orbit.toward)
    this.sharpness?.move()
    const start = performance.now()
    if (still) still.draw(this.orbit.camera)
    else {
      this.still?.forget()
      this.gl.render(this.scene, this.orbit.camera)
    }
    this.counts.drawMs += performance.now() - start
    this.counts.frames++
    this.before = now
    this.tell()
  }

  /** Marks the canvas with the exercise that is drawn on it, gear and all. */
  private tell(): void {
    const exercise = this.cast && this.cast.repetition.exercise
    const shown = exercise !== null && this.analysis?.setup.exercise === exercise ? exercise : ''
    if (this.canvas.dataset.shown !== shown) this.canvas.dataset.shown = shown
  }

  /** Tells the shaders where the trunk is, as seen. */
  private seeAxis(): void {
    const { axisLow, axisHigh } = this.paints.common
    const view = this.orbit.camera.matrixWorldInverse
    axisLow.value.copy(this.axis[0]).applyMatrix4(view)
    axisHigh.value.copy(this.axis[1]).applyMatrix4(view)
  }

  /** Brings all that has changed up to date; `uncoloured`: muscles may keep their colours for now. */
  private pose(uncoloured: boolean): void {
    if (!this.cast) return
    const start = performance.now()
    const { body, muscles } = this.cast
    const [posed, tinted] = [this.posed, this.tinted || uncoloured]
    if (posed && tinted && this.placed) return
    const joints = body.joints(this.phase)
    if (!posed) this.bend(joints)
    else if (!tinted) muscles.paint(this.phase)
    if (!posed || !tinted) {
      this.still?.forget()
      this.tinted = true
      this.coloured = start
    }
    this.equipment.place(joints, body.joints(0), this.phase)
    this.posed = this.placed = true
    this.counts.poseMs += performance.now() - start
    this.counts.poses++
  }

  private bend(joints: Joints): void {
    const { body, bones, muscles } = this.cast!
    this.joints = joints
    body.setPhase(this.phase)
    bones.place(joints)
    muscles.setPhase(this.phase, joints)
    this.floor.place(joints)
    this.axis = [joints.pelvis, joints.neck.clone().add(joints.suprasternal_notch).multiplyScalar(0.5)]
  }
}
