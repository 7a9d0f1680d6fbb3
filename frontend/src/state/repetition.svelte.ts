/** The instant of the repetition that every picture shares. */
import { CALM, played, SLOW, slower, STOPS, timeOf, type Pace } from '../lib/playback'

/** Numbers and bars that change more often than this cannot be read, and cost more than the figure [ms]. */
const READ_EVERY_MS = 100

class Repetition {
  #phase = $state(0)
  #read = $state(0)
  playing = $state(false)
  /** Whether it plays in slow motion. */
  slow = $state(false)
  #pace: Pace = CALM
  #frame = 0
  #read_ms = 0
  /** Whether a first look waits for the figure. */
  #awaited = false

  /** The instant of the figure and of the moving line. */
  get phase(): number {
    return this.#phase
  }
  /** The same for numbers and bars, which follow a little less often while it plays. */
  get read(): number {
    return this.#read
  }

  /** Sets the instant by hand; playing stops. */
  scrub(phase: number): void {
    this.stop()
    this.#show(phase)
  }

  /** The next of start, middle and finish: for people who want no motion. */
  step(): void {
    this.scrub(STOPS.find((stop) => stop > this.#phase + 0.01) ?? 0)
  }

  toggle(pace: Pace = CALM): void {
    if (this.playing) this.stop()
    else this.play(pace)
  }

  /** Goes on at another speed from where it is. */
  setSlow(slow: boolean): void {
    this.slow = slow
    if (this.playing) this.play(this.#pace)
  }

  /** Plays on from where it is; after `times` repetitions it rests at `restAt`. */
  play(pace: Pace, times = Number.POSITIVE_INFINITY, restAt = 0): void {
    this.stop()
    this.playing = true
    this.#pace = pace
    const kept = this.slow ? slower(pace) : pace
    const begun_ms = performance.now() - 1000 * timeOf(this.#phase, kept)
    const step = (now_ms: number) => {
      const { phase, done } = played(Math.max(now_ms - begun_ms, 0) / 1000, kept)
      if (done >= times && phase >= restAt) return this.scrub(restAt)
      this.#show(phase, now_ms)
      this.#frame = requestAnimationFrame(step)
    }
    this.#frame = requestAnimationFrame(step)
  }

  /** A first look, as soon as there is a figure to be seen and unless somebody moves it before: twice, slowly, then at rest
      in the middle. Begun earlier it would be half over by then, and hold the figure up. */
  introduce(): void {
    this.scrub(0)
    this.#awaited = true
  }

  /** There is a figure to be seen. */
  seen(): void {
    if (this.#awaited) this.play(SLOW, 2, 0.5)
  }

  stop(): void {
    cancelAnimationFrame(this.#frame)
    this.#awaited = false
    this.playing = false
    this.#read = this.#phase
  }

  #show(phase: number, now_ms?: number): void {
    this.#phase = Math.min(Math.max(phase, 0), 1)
    if (now_ms !== undefined && now_ms - this.#read_ms < READ_EVERY_MS) return
    this.#read_ms = now_ms ?? 0
    this.#read = this.#phase
  }
}

export const repetition = new Repetition()
