/** Two plots over one axis from start to finish: what it asks and what you can hold, and effort under them. */
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { Analysis } from '../api/types'
import { effortLevel, hardest, idles, overloads, runs, token, topForce } from '../lib/curves'
import { forceFigure, type Units } from '../lib/units'
import { colour, forgetColours, tint } from './colours'

export interface Plot {
  /** `spread`: whether the likely range belongs to these curves and is drawn. */
  show(analysis: Analysis, units: Units, spread: boolean, top_n?: number): void
  moveTo(phase: number): void
  resize(): void
  repaint(): void
  destroy(): void
}

export type Kind = 'force' | 'effort'

type Curve = readonly (number | null)[]

const MOST_EFFORT = 2
const FONT = "12px system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"

const topEffort = (analysis: Analysis): number => Math.min(Math.max(1.12 * Math.max(...analysis.effort), 1.15), MOST_EFFORT)

export function createPlot(host: HTMLElement, kind: Kind, onscrub: (phase: number) => void): Plot {
  let shown: Analysis | undefined
  let top = 1
  let phase = 0
  const now = line()
  const curves = options(host, kind, () => shown, () => top)
  curves.hooks!.draw!.push(() => moveTo(phase))
  const plot = new uPlot(curves, curves.series.map(() => []) as unknown as uPlot.AlignedData, host)
  plot.over.append(now)
  const quit = scrubbing(plot.over, onscrub)

  // The plot knows its width; the page, asked in the midst of changes, would be laid out anew to tell it.
  function moveTo(next: number): void {
    phase = next
    now.style.transform = `translateX(${((phase * plot.bbox.width) / devicePixelRatio).toFixed(1)}px)`
  }

  return {
    show(analysis, units, spread, top_n) {
      shown = analysis
      top = kind === 'effort' ? topEffort(analysis) : forceFigure(top_n ?? topForce(analysis), units)
      const data = kind === 'effort' ? effortData(analysis) : forceData(analysis, units)
      plot.setData(spread ? data : withoutSpread(data, kind))
    },
    moveTo,
    resize() {
      if (host.clientWidth > 0) plot.setSize(sizeOf(host))
    },
    repaint() {
      forgetColours()
      plot.redraw(false, true)
    },
    destroy() {
      quit()
      plot.destroy()
    },
  }
}

const sizeOf = (host: HTMLElement) => ({ width: host.clientWidth, height: host.clientHeight })

function line(): HTMLElement {
  const element = document.createElement('div')
  element.className = 'plot-now'
  return element
}

const clipped = (curve: Curve, top: number): Curve => curve.map((value) => (value === null ? null : Math.min(value, top)))

function forceData(analysis: Analysis, units: Units): uPlot.AlignedData {
  const { load_n, strength_n } = analysis.uncertainty
  const computed = analysis.computed_strength_n ?? analysis.phase.map(() => null)
  const curves: Curve[] = [strength_n.p95, strength_n.p05, load_n.p95, load_n.p05, computed, analysis.strength_n, analysis.load_n]
  const figures = curves.map((curve) => curve.map((value) => (value === null ? null : forceFigure(value, units))))
  return [analysis.phase, ...figures] as uPlot.AlignedData
}

function effortData(analysis: Analysis): uPlot.AlignedData {
  const { p95, p05 } = analysis.uncertainty.effort
  const curves = [p95, p05, analysis.effort].map((curve) => clipped(curve, MOST_EFFORT))
  return [analysis.phase, ...curves] as uPlot.AlignedData
}

/** The edges of the likely range, first among the curves, laid out of sight. */
function withoutSpread([phase, ...curves]: uPlot.AlignedData, kind: Kind): uPlot.AlignedData {
  const edges = kind === 'effort' ? 2 : 4
  return [phase, ...curves.map((curve, at) => (at < edges ? Array.from(curve, () => null) : curve))] as unknown as uPlot.AlignedData
}

function options(host: HTMLElement, kind: Kind, shown: () => Analysis | undefined, top: () => number): uPlot.Options {
  const under = kind === 'force' ? tints : steps
  return {
    ...sizeOf(host),
    padding: [6, 20, kind === 'force' ? 8 : 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false, range: [0, 1] }, y: { range: () => [0, top()] } },
    axes: [xAxis(kind), yAxis(kind)],
    series: [{}, ...(kind === 'force' ? forceSeries() : effortSeries())],
    bands: kind === 'force' ? [band(1, 2, '--strength-soft', 0.4), band(3, 4, '--load-soft', 0.45)] : [band(1, 2, '--soft', 0.18)],
    hooks: {
      drawAxes: [(plot) => withAnalysis(shown(), (analysis) => under(plot, analysis))],
      draw: [(plot) => withAnalysis(shown(), (analysis) => kind === 'effort' && marks(plot, analysis))],
    },
  }
}

function withAnalysis(analysis: Analysis | undefined, draw: (analysis: Analysis) => void): void {
  if (analysis) draw(analysis)
}

const edge = (): uPlot.Series => ({ width: 0, stroke: 'transparent', points: { show: false } })

const stroke = (name: string, width: number, dash?: number[]): uPlot.Series => ({
  stroke: () => colour(name),
  width,
  dash,
  points: { show: false },
})

const forceSeries = (): uPlot.Series[] => [
  ...[edge(), edge(), edge(), edge()],
  stroke('--strength', 1.5, [2, 4]),
  stroke('--strength', 3, [9, 4]),
  stroke('--load', 3),
]

const effortSeries = (): uPlot.Series[] => [edge(), edge(), stroke('--ink', 1.8)]

const band = (high: number, low: number, name: string, opacity: number): uPlot.Band => ({
  series: [high, low],
  fill: () => tint(name, opacity),
})

const WORDS = new Map([
  [0, 'start'],
  [1, 'finish'],
])

function xAxis(kind: Kind): uPlot.Axis {
  return {
    ...axis(),
    show: kind === 'effort',
    size: 24,
    gap: 4,
    splits: [0, 0.25, 0.5, 0.75, 1],
    values: (_, splits) => splits.map((value) => WORDS.get(value) ?? `${100 * value} %`),
    grid: { show: false },
  }
}

function yAxis(kind: Kind): uPlot.Axis {
  const shares = kind === 'effort' ? { splits: effortSplits, values: (_: uPlot, all: number[]) => all.map((one) => `${100 * one} %`) } : {}
  return { ...axis(), size: 46, gap: 4, space: 34, grid: { stroke: () => colour('--rule'), width: 1 }, ...shares }
}

const effortSplits = (_: uPlot, __: number, ___: number, high: number): number[] => (high > 1.6 ? [0, 1, 2] : [0, 0.5, 1])

const axis = (): uPlot.Axis => ({ stroke: () => colour('--soft'), font: FONT, ticks: { show: false } })

/** Where the set-up idles and where it asks too much, between the two curves. */
function tints(plot: uPlot, analysis: Analysis): void {
  for (const run of runs(idles(analysis.effort))) area(plot, run, tint('--soft', 0.13), 'idles')
  for (const run of runs(overloads(analysis.effort))) area(plot, run, tint('--poor', 0.16), 'too much')
}

function area(plot: uPlot, [first, last]: [number, number], fill: string, word: string): void {
  const [phase, , , , , , strength, load] = plot.data as unknown as [number[], ...Curve[]]
  const poses = Array.from({ length: last - first + 1 }, (_, at) => first + at).filter((at) => strength?.[at] != null)
  if (!strength || !load || poses.length < 2) return
  const x = (at: number) => plot.valToPos(phase[at] ?? 0, 'x', true)
  const y = (value: number) => plot.valToPos(value, 'y', true)
  const { ctx } = plot
  ctx.save()
  ctx.beginPath()
  for (const at of poses) ctx.lineTo(x(at), y(strength[at] ?? 0))
  for (const at of poses.toReversed()) ctx.lineTo(x(at), y(load[at] ?? 0))
  ctx.fillStyle = fill
  ctx.fill()
  const middle = poses[poses.length >> 1] ?? first
  const [high, low] = [y(strength[middle] ?? 0), y(load[middle] ?? 0)]
  const wide = x(last) - x(first) > 60 * devicePixelRatio
  if (wide && Math.abs(low - high) > 26 * devicePixelRatio) label(ctx, word, x(middle), (high + low) / 2, '--soft', 'center')
  ctx.restore()
}

function label(ctx: CanvasRenderingContext2D, text: string, x: number, y: number, name: string, align: CanvasTextAlign): void {
  ctx.font = FONT.replace('12px', `${12 * devicePixelRatio}px`)
  ctx.textAlign = align
  ctx.textBaseline = 'middle'
  ctx.lineWidth = 4 * devicePixelRatio
  ctx.lineJoin = 'round'
  ctx.strokeStyle = colour('--card')
  ctx.strokeText(text, x, y)
  ctx.fillStyle = colour(name)
  ctx.fillText(text, x, y)
}

/** Effort as an area that goes from grey over green to red. */
function steps(plot: uPlot, analysis: Analysis): void {
  const { ctx } = plot
  const x = (at: number) => plot.valToPos(analysis.phase[at] ?? 0, 'x', true)
  const y = (at: number) => plot.valToPos(Math.min(analysis.effort[at] ?? 0, MOST_EFFORT), 'y', true)
  const ground = plot.valToPos(0, 'y', true)
  ctx.save()
  for (let at = 0; at + 1 < analysis.effort.length; at += 1) {
    const mean = ((analysis.effort[at] ?? 0) + (analysis.effort[at + 1] ?? 0)) / 2
    ctx.fillStyle = colour(token('effort', effortLevel(mean)))
    ctx.beginPath()
    ctx.moveTo(x(at), ground)
    ctx.lineTo(x(at), y(at))
    ctx.lineTo(x(at + 1) + 0.5, y(at + 1))
    ctx.lineTo(x(at + 1) + 0.5, ground)
    ctx.fill()
  }
  ctx.restore()
}

/** All you can hold, and a ring where effort peaks. */
function marks(plot: uPlot, analysis: Analysis): void {
  const { ctx, bbox } = plot
  const ratio = devicePixelRatio
  const limit = plot.valToPos(1, 'y', true)
  ctx.save()
  ctx.strokeStyle = colour('--poor')
  ctx.lineWidth = 1.2 * ratio
  ctx.setLineDash([5 * ratio, 4 * ratio])
  ctx.beginPath()
  ctx.moveTo(bbox.left, limit)
  ctx.lineTo(bbox.left + bbox.width, limit)
  ctx.stroke()
  ctx.setLineDash([])
  const at = hardest(analysis.effort)
  const peak = Math.min(analysis.effort[at] ?? 0, MOST_EFFORT)
  const [x, y] = [plot.valToPos(analysis.phase[at] ?? 0, 'x', true), plot.valToPos(peak, 'y', true)]
  ctx.beginPath()
  ctx.arc(x, y, 4 * ratio, 0, 2 * Math.PI)
  ctx.fillStyle = colour('--card')
  ctx.strokeStyle = colour('--ink')
  ctx.lineWidth = 1.6 * ratio
  ctx.fill()
  ctx.stroke()
  const right = (analysis.phase[at] ?? 0) > 0.5
  const below = y - bbox.top < 18 * ratio
  const words = `hardest: ${(100 * (analysis.effort[at] ?? 0)).toFixed(0)} %`
  label(ctx, words, x + (right ? -9 : 9) * ratio, y + (below ? 10 : -8) * ratio, '--ink', right ? 'right' : 'left')
  ctx.restore()
}

/** A finger or a pointer on the plot moves the repetition; up and down still scrolls the page. */
function scrubbing(over: HTMLElement, onscrub: (phase: number) => void): () => void {
  const scrub = (event: PointerEvent) => {
    if (event.buttons === 0) return
    const box = over.getBoundingClientRect()
    onscrub(Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1))
  }
  const grab = (event: PointerEvent) => {
    over.setPointerCapture(event.pointerId)
    scrub(event)
  }
  over.addEventListener('pointerdown', grab)
  over.addEventListener('pointermove', scrub)
  return () => {
    over.removeEventListener('pointerdown', grab)
    over.removeEventListener('pointermove', scrub)
  }
}
