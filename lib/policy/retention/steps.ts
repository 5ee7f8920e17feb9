/** Steps of a long work, between which others may be served. */
export type Steps<Result> = Generator<undefined, Result, void>

/** All of it at once, for what is short. */
export function atOnce<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}
