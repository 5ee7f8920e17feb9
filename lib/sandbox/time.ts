/** Microseconds, as the Enterprise Edition writes times: `2020-12-03T11:55:14.338485Z`. */
export function microTime(time: Date): string {
  const micros = String((time.getTime() * 7919) % 1000).padStart(3, '0')
  return time.toISOString().replace('Z', `${micros}Z`)
}

/** How "never" is written: the end of a running task, the pull time of what nobody pulled. */
export const never = '0001-01-01T00:00:00.000Z'
