/** So many times as long as the last picture took are left to the page before the next one. */
export const LEFT_TO_PAGE = 1
/** After this a picture comes even with new curves: they may come in every frame [ms]. */
export const LONGEST_MS = 400
/** So many times as long it may wait for new curves in all: they may not come. */
export const MOST = 6

/** When the next picture may be begun while a hand drags and no graphics chip draws: a picture holds up all else, and
    the curves must follow the hand too. Best is the frame after new curves were shown: the next answer is then far. */
export class Pace {
  private begun_ms = 0
  private took_ms: number | undefined = 0
  /** Frames since the last answer came. */
  private since = Number.POSITIVE_INFINITY

  /** New curves are on their way to the screen. */
  answered(): void {
    this.since = -1
  }

  /** At the begin of every frame. */
  frame(now_ms: number): void {
    this.took_ms ??= now_ms - this.begun_ms
    this.since += 1
  }

  /** Whether this frame is left to the page. */
  waits(now_ms: number): boolean {
    const [past, took] = [now_ms - this.begun_ms, this.took_ms ?? 0]
    if (past < (1 + LEFT_TO_PAGE) * took) return true
    // In a frame that shows new curves the picture would hold them up.
    if (this.since === 0) return past < LONGEST_MS
    return this.since !== 1 && past < MOST * took
  }

  /** A picture has been begun in the frame that began now. */
  pictured(now_ms: number): void {
    this.begun_ms = now_ms
    this.took_ms = undefined
  }
}
