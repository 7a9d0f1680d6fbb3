/** The repetition in time: lift, hold, lower, again. */
export interface Pace {
  lift_s: number
  hold_s: number
  lower_s: number
}

export const CALM: Pace = { lift_s: 1.25, hold_s: 0.75, lower_s: 2.5 }
/** Slower, so that a first look can follow. */
export const SLOW: Pace = { lift_s: 2.2, hold_s: 0.6, lower_s: 2.6 }

/** Slow motion: the same, so many times as long. */
const SLOW_MOTION = 3
export const slower = ({ lift_s, hold_s, lower_s }: Pace): Pace => ({
  lift_s: SLOW_MOTION * lift_s,
  hold_s,
  lower_s: SLOW_MOTION * lower_s,
})

/** Where to stop for people who want no motion: start, middle, finish. */
export const STOPS = [0, 0.5, 1] as const

export const length_s = (pace: Pace): number => pace.lift_s + pace.hold_s + pace.lower_s

/** Phase after some time, and how many repetitions are done; soft at both ends. */
export function played(time_s: number, pace: Pace): { phase: number; done: number } {
  const whole = length_s(pace)
  const done = Math.floor(time_s / whole)
  const t = time_s - done * whole
  if (t < pace.lift_s) return { phase: soft(t / pace.lift_s), done }
  if (t < pace.lift_s + pace.hold_s) return { phase: 1, done }
  return { phase: soft(1 - (t - pace.lift_s - pace.hold_s) / pace.lower_s), done }
}

/** When, within the lift, a phase is reached: playing goes on from where it was scrubbed to. */
export const timeOf = (phase: number, pace: Pace): number =>
  phase >= 1 ? pace.lift_s : (pace.lift_s * Math.acos(1 - 2 * Math.max(phase, 0))) / Math.PI

const soft = (share: number): number => (1 - Math.cos(Math.PI * Math.min(Math.max(share, 0), 1))) / 2
