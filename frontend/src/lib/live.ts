/** Answers while something changes: quick ones on the way, the whole one when it rests. */
import { latest } from './latest'

/** How long nothing may change before the whole answer is asked for [ms]. */
export const REST_MS = 150
/** The same while a hand still holds on: it may go on, and would have to wait for the whole answer [ms]. */
export const HELD_MS = 600
/** A whole answer that came within this is asked for at every change: then everything follows [ms]. */
export const PROMPT_MS = 80

interface Ways<Question, Quick, Whole> {
  quick(question: Question, signal: AbortSignal): Promise<Quick>
  whole(question: Question, signal: AbortSignal): Promise<Whole>
  /** Whether a quick answer could be shown now. */
  canBeQuick(question: Question): boolean
  /** Whether an answer to an older question may stand in for a newer one for a moment. */
  stillFits(older: Question, newer: Question): boolean
  clock_ms(): number
}

interface Outcome<Question, Quick, Whole> {
  glimpsed(answer: Quick, question: Question): void
  settled(answer: Whole, question: Question): void
  failed(error: unknown, question: Question): void
}

export interface Live<Question> {
  /** `held`: whether the hand that changes it has not let go. */
  ask(question: Question, held?: boolean): void
  stop(): void
}

/** At most one question of each kind is under way; an answer that has been overtaken is never shown. */
export function live<Question, Quick, Whole>(ways: Ways<Question, Quick, Whole>, outcome: Outcome<Question, Quick, Whole>): Live<Question> {
  let rest: ReturnType<typeof setTimeout> | undefined
  let took_ms = Number.POSITIVE_INFINITY

  const quick = latest(ways.quick, { done: outcome.glimpsed, failed: outcome.failed }, ways.stillFits)
  const whole = latest(
    timed,
    {
      done(answer, question) {
        quick.stop()
        outcome.settled(answer, question)
      },
      failed: outcome.failed,
    },
    ways.stillFits,
  )

  async function timed(question: Question, signal: AbortSignal): Promise<Whole> {
    const begun_ms = ways.clock_ms()
    const answer = await ways.whole(question, signal)
    took_ms = ways.clock_ms() - begun_ms
    return answer
  }

  function stop(): void {
    clearTimeout(rest)
    quick.stop()
    whole.stop()
  }

  return {
    stop,
    ask(question, held = false) {
      clearTimeout(rest)
      if (took_ms <= PROMPT_MS || !ways.canBeQuick(question)) {
        quick.stop()
        whole.ask(question)
        return
      }
      whole.stop()
      quick.ask(question)
      rest = setTimeout(() => whole.ask(question), held ? HELD_MS : REST_MS)
    },
  }
}
