const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** What is whole, and the smaller unit that it is rounded in until then. */
const units = [
  ['minute', minute, second],
  ['hour', hour, minute],
  ['day', day, hour],
  ['week', 7 * day, day],
] as const

/** The unit of a length in milliseconds that is rounded up to one of it: "1 week" is not to stand beside "7 days". */
export const wholeUnit = (lengthMs: number) =>
  units.find(([, whole, step]) => lengthMs < whole && Math.round(lengthMs / step) * step >= whole)?.[0]
