/** The value as one of the known ones, or undefined: what was read promises nothing (docs/swr-api.md section 14). */
export const parseEnum = <const Known extends string>(known: readonly Known[], value: unknown): Known | undefined =>
  known.find((one) => one === value)
