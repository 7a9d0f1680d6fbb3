/** So many times as long as the last picture took are left to the page before the next one. */
export const LEFT_TO_PAGE = 1
/** So many times as long it may wait for new curves in all: they may not come. */
export const MOST = 6
/** After this a picture comes even with new curves: they may come in every frame [ms]. */
export const LONGEST_MS = 400

/** How far the curves of the last answer are: on their way, in this frame, seen, seen since the last frame, seen before. */
type Curves = 'coming' | 'painted' | 'shown' | 'fresh' | 'old'
const NEXT_FRAME: Partial<Record<Curves, Curves>> = { coming: 'painted', shown: 'fresh', fresh: 'old' }

/** When the next picture may be begun while a hand drags and no graphics chip draws: a picture holds up all else, and
    the curves must follow the hand too. Best is as soon as new curves are shown: the next answer is then farthest. */
export class Pace {
  private begun_ms = 0
  private took_ms: number | undefined = 0
  private curves: Curves = 'old'

  /** `later` acts when the page has done what was waiting at the end of a frame. */
  constructor(private readonly later: (act: () => unknown) => void = (act) => setTimeout(act)) {}

  /** New curves are on their way to the screen. */
  answered(): void {
    this.curves = 'coming'
  }

  /** At the begin of every frame. */
  frame(now_ms: number): void {
    this.took_ms ??= now_ms - this.begun_ms
    const before = this.curves
    this.curves = NEXT_FRAME[before] ?? before
    if (before === 'coming') this.later(() => this.curves === 'painted' && (this.curves = 'shown'))
  }

  /** Whether this frame is left to the page. */
  waits(now_ms: number): boolean {
    const [past, took] = [now_ms - this.begun_ms, this.took_ms ?? 0]
    if (past < (1 + LEFT_TO_PAGE) * took) return true
    if (this.curves === 'painted') return past < LONGEST_MS
    return this.curves !== 'fresh' && past < MOST * took
  }

  /** A picture has been begun in the frame that began now. */
  pictured(now_ms: number): void {
    this.begun_ms = now_ms
    this.took_ms = undefined
  }
}
