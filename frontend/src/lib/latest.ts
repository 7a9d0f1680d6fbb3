/** One question at a time: while one is under way only the newest other one waits. */
export interface Latest<Question> {
  ask(question: Question): void
  stop(): void
}

interface Outcome<Question, Answer> {
  done(answer: Answer, question: Question): void
  failed(error: unknown, question: Question): void
}

/**
 * Asks `run` for the newest question only. An answer that comes after a newer question is shown only when
 * `stillFits` says so: it is on the way to what was asked, never of another thing.
 */
export function latest<Question, Answer>(
  run: (question: Question, signal: AbortSignal) => Promise<Answer>,
  outcome: Outcome<Question, Answer>,
  stillFits: (older: Question, newer: Question) => boolean = () => false,
): Latest<Question> {
  let under: AbortController | undefined
  let waiting: { question: Question } | undefined

  const fits = (question: Question): boolean => waiting === undefined || stillFits(question, waiting.question)

  async function start(question: Question): Promise<void> {
    const control = new AbortController()
    under = control
    try {
      const answer = await run(question, control.signal)
      if (!control.signal.aborted && fits(question)) outcome.done(answer, question)
    } catch (error) {
      if (!control.signal.aborted && waiting === undefined) outcome.failed(error, question)
    }
    if (control.signal.aborted) return
    under = undefined
    const next = waiting
    waiting = undefined
    if (next) void start(next.question)
  }

  return {
    ask(question) {
      if (under && waiting === undefined) waiting = { question }
      else if (waiting) waiting.question = question
      else void start(question)
    },
    stop() {
      under?.abort()
      under = waiting = undefined
    },
  }
}
