/** A set-up as one picture to share: verdict, pose, curves, and where it comes from. */
import type { Analysis } from '../api/types'
import { effortLevel, hardest, poseAt, token, topForce } from '../lib/curves'
import { frameOf, strokesAt, type Role } from '../lib/stick'
import { forceFigure, forceUnit, type Units } from '../lib/units'
import { capital, curveSentences } from '../lib/words'
import { colour, forgetColours, tint } from './colours'

const WIDTH = 1200
const HEIGHT = 900
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"

interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** The picture as a PNG file. */
export async function pictureFile(analysis: Analysis, name: string, units: Units): Promise<File> {
  const canvas = document.createElement('canvas')
  canvas.width = WIDTH
  canvas.height = HEIGHT
  const ctx = canvas.getContext('2d')
  if (!ctx) throw new Error('This browser draws no pictures.')
  draw(ctx, analysis, name, units)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (!blob) throw new Error('The picture could not be made.')
  return new File([blob], `bandwright-${analysis.exercise}.png`, { type: 'image/png' })
}

function draw(ctx: CanvasRenderingContext2D, analysis: Analysis, name: string, units: Units): void {
  const { verdict } = analysis
  forgetColours()
  ctx.fillStyle = colour('--card')
  ctx.fillRect(0, 0, WIDTH, HEIGHT)
  write(ctx, name, 56, 84, 40, '--ink', 650)
  write(ctx, capital(verdict.grade), 56, 138, 30, `--${verdict.grade}`, 650)
  const low = wrapped(ctx, verdict.headline, { x: 56, y: 184, width: WIDTH - 112, height: 0 }, 27)
  const top = low + 24
  const floor = HEIGHT - 132
  ;[0, 0.5, 1].forEach((phase, at) =>
    pose(ctx, analysis, phase, { x: 56, y: top + (at * (floor - top)) / 3, width: 300, height: (floor - top) / 3 - 12 }),
  )
  const split = top + 0.66 * (floor - top)
  force(ctx, analysis, units, { x: 460, y: top + 30, width: WIDTH - 516, height: split - top - 60 })
  effort(ctx, analysis, { x: 460, y: split + 26, width: WIDTH - 516, height: floor - split - 60 })
  const [load = '', strength = ''] = curveSentences(analysis, units)
  wrapped(ctx, `${load} ${strength}`, { x: 56, y: HEIGHT - 84, width: WIDTH - 112, height: 0 }, 20, '--soft')
  write(ctx, 'Bandwright: computed, with a likely spread; not a promise of growth, not medical advice.', 56, HEIGHT - 24, 18, '--soft')
}

type Context = CanvasRenderingContext2D

function write(ctx: Context, text: string, x: number, y: number, size: number, name: string, weight = 400, align: CanvasTextAlign = 'left'): void {
  ctx.font = `${weight} ${size}px ${FONT}`
  ctx.textAlign = align
  ctx.fillStyle = colour(name)
  ctx.fillText(text, x, y)
}

/** Writes a text in lines; gives where the next would stand. */
function wrapped(ctx: Context, text: string, box: Box, size: number, name = '--ink'): number {
  ctx.font = `400 ${size}px ${FONT}`
  let line = ''
  let y = box.y
  for (const word of text.split(' ')) {
    const longer = line ? `${line} ${word}` : word
    if (ctx.measureText(longer).width > box.width) {
      write(ctx, line, box.x, y, size, name)
      y += size * 1.35
      line = word
    } else line = longer
  }
  write(ctx, line, box.x, y, size, name)
  return y + size * 1.35
}

const PAINT: Record<Role, string> = {
  far: '--rule',
  near: '--skin-edge',
  band: '--band',
  slack: '--band',
  weight: '--gear-dark',
  anchor: '--gear-dark',
  bar: '--gear-dark',
}

function pose(ctx: Context, analysis: Analysis, phase: number, box: Box): void {
  const frame = frameOf(analysis)
  const scale = Math.min(box.width / frame.width, box.height / frame.height)
  ctx.save()
  ctx.translate(box.x + (box.width - scale * frame.width) / 2, box.y + (box.height - scale * frame.height) / 2)
  ctx.scale(scale, scale)
  ctx.translate(-frame.x, -frame.y)
  ctx.lineCap = ctx.lineJoin = 'round'
  for (const { role, points, size } of strokesAt(analysis, poseAt(analysis, phase))) {
    const [first] = points
    ctx.setLineDash(role === 'slack' ? [0.04, 0.06] : [])
    ctx.beginPath()
    if (points.length === 1 && first) {
      ctx.arc(first[0], first[1], size, 0, 2 * Math.PI)
      ctx.fillStyle = colour(PAINT[role])
      ctx.fill()
      continue
    }
    for (const [x, y] of points) ctx.lineTo(x, y)
    ctx.strokeStyle = colour('--card')
    ctx.lineWidth = size + 0.025
    if (role === 'near' || role === 'far') ctx.stroke()
    ctx.strokeStyle = colour(PAINT[role])
    ctx.lineWidth = size
    ctx.stroke()
  }
  ctx.restore()
}

type Curve = readonly (number | null)[]

function path(ctx: Context, box: Box, curve: Curve, top: number): void {
  ctx.beginPath()
  curve.forEach((value, at) => {
    if (value !== null) ctx.lineTo(box.x + (box.width * at) / (curve.length - 1), box.y + box.height * (1 - Math.min(value / top, 1)))
  })
}

function spread(ctx: Context, box: Box, curves: { p05: Curve; p95: Curve }, top: number, name: string, opacity: number): void {
  const [high, low] = [curves.p95, curves.p05]
  const x = (at: number) => box.x + (box.width * at) / (high.length - 1)
  const y = (value: number | null | undefined) => box.y + box.height * (1 - Math.min((value ?? top) / top, 1))
  ctx.beginPath()
  high.forEach((value, at) => ctx.lineTo(x(at), y(value)))
  low.toReversed().forEach((value, at) => ctx.lineTo(x(low.length - 1 - at), y(value)))
  ctx.fillStyle = tint(name, opacity)
  ctx.fill()
}

function force(ctx: Context, analysis: Analysis, units: Units, box: Box): void {
  const top = topForce(analysis)
  grid(ctx, box, [0, 0.25, 0.5, 0.75, 1].map((share) => [share, forceFigure(share * top, units).toFixed(0)]))
  spread(ctx, box, analysis.uncertainty.strength_n, top, '--strength-soft', 0.4)
  spread(ctx, box, analysis.uncertainty.load_n, top, '--load-soft', 0.45)
  if (analysis.computed_strength_n) stroke(ctx, box, analysis.computed_strength_n, top, '--strength', [4, 10], 2.5)
  stroke(ctx, box, analysis.strength_n, top, '--strength', [16, 8])
  stroke(ctx, box, analysis.load_n, top, '--load', [])
  const unit = forceUnit(units)
  write(ctx, `what it asks [${unit}]`, box.x, box.y - 14, 22, '--load', 650)
  write(ctx, `what you can hold [${unit}]`, box.x + box.width, box.y - 14, 22, '--strength', 650, 'right')
}

function stroke(ctx: Context, box: Box, curve: Curve, top: number, name: string, dash: number[], width = 5): void {
  path(ctx, box, curve, top)
  ctx.setLineDash(dash)
  ctx.lineWidth = width
  ctx.strokeStyle = colour(name)
  ctx.stroke()
  ctx.setLineDash([])
}

function effort(ctx: Context, analysis: Analysis, box: Box): void {
  const top = Math.min(Math.max(1.12 * Math.max(...analysis.effort), 1.15), 2)
  const step = box.width / (analysis.effort.length - 1)
  analysis.effort.forEach((value, at) => {
    const height = (box.height * Math.min(value, top)) / top
    ctx.fillStyle = colour(token('effort', effortLevel(value)))
    const [from, to] = [Math.max(at - 0.5, 0), Math.min(at + 0.5, analysis.effort.length - 1)]
    ctx.fillRect(box.x + from * step, box.y + box.height - height, (to - from) * step + 0.5, height)
  })
  grid(ctx, box, [[0, '0 %'], [1 / top, '100 %']])
  const peak = analysis.effort[hardest(analysis.effort)] ?? 0
  write(ctx, `effort, hardest ${(100 * peak).toFixed(0)} %`, box.x, box.y - 12, 22, '--ink', 650)
  write(ctx, 'start', box.x, box.y + box.height + 28, 20, '--soft')
  write(ctx, 'finish', box.x + box.width, box.y + box.height + 28, 20, '--soft', 400, 'right')
}

function grid(ctx: Context, box: Box, lines: [number, string][]): void {
  for (const [share, said] of lines) {
    const y = box.y + box.height * (1 - share)
    ctx.fillStyle = colour('--rule')
    ctx.fillRect(box.x, y, box.width, 1.5)
    write(ctx, said, box.x - 12, y + 7, 20, '--soft', 400, 'right')
  }
}
