/** The instant of the repetition that every picture shares. */
import { CALM, played, SLOW, timeOf, type Pace } from '../lib/playback'

class Repetition {
  phase = $state(0)
  playing = $state(false)
  #frame = 0

  /** Sets the instant by hand; playing stops. */
  scrub(phase: number): void {
    this.stop()
    this.phase = Math.min(Math.max(phase, 0), 1)
  }

  toggle(pace: Pace = CALM): void {
    if (this.playing) this.stop()
    else this.play(pace)
  }

  /** Plays on from where it is; after `times` repetitions it rests at `restAt`. */
  play(pace: Pace, times = Number.POSITIVE_INFINITY, restAt = 0): void {
    this.stop()
    this.playing = true
    const begun_ms = performance.now() - 1000 * timeOf(this.phase, pace)
    const step = (now_ms: number) => {
      const { phase, done } = played(Math.max(now_ms - begun_ms, 0) / 1000, pace)
      if (done >= times && phase >= restAt) {
        this.phase = restAt
        this.playing = false
        return
      }
      this.phase = phase
      this.#frame = requestAnimationFrame(step)
    }
    this.#frame = requestAnimationFrame(step)
  }

  /** A first look: twice, slowly, then at rest in the middle. */
  introduce(): void {
    this.play(SLOW, 2, 0.5)
  }

  stop(): void {
    cancelAnimationFrame(this.#frame)
    this.playing = false
  }
}

export const repetition = new Repetition()
