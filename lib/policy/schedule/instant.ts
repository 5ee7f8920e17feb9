/** Milliseconds of a time as SWR writes it; null for none. Harbor writes the year 1 for "never" (docs/swr-api.md section 3). */
export function parseTime(text: string | null | undefined): number | null {
  const time = text ? Date.parse(text) : Number.NaN
  return time > 0 ? time : null
}
