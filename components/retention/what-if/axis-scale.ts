import type { DecisionAxis } from '@/lib/contract/console/retention-decisions'

type Bins = DecisionAxis['bins']

/** Where a value stands on an axis of bins that are drawn equally wide, 0 (newest) to 1 (oldest). */
export function placeOf(bins: Bins, value: number): number {
  if (bins.length === 0) return 0
  const index = bins.findIndex(({ to }) => value < to)
  const bin = bins[index]
  if (!bin) return 1
  if (value <= bin.from) return index / bins.length
  return (index + (value - bin.from) / (bin.to - bin.from)) / bins.length
}

/** The value that stands at a place, as a whole number that a rule can have. */
export function valueAt(bins: Bins, place: number): number {
  const along = Math.min(Math.max(place, 0), 1) * bins.length
  const index = Math.min(Math.floor(along), bins.length - 1)
  const bin = bins[index]
  if (!bin) return 1
  return Math.max(1, Math.round(bin.from + (along - index) * (bin.to - bin.from)))
}

/** The largest value that the axis shows. */
export const endOf = (bins: Bins): number => Math.max(1, bins.at(-1)?.to ?? 1)

/** What a key does with a value on an axis up to `end`; null for one that does nothing. No key leads beyond what a rule may say. */
export function stepped(key: string, value: number, end: number, most: number): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowUp: 1,
    ArrowLeft: -1,
    ArrowDown: -1,
    PageUp: 10,
    PageDown: -10,
  }
  if (key === 'Home') return 1
  if (key === 'End') return Math.min(end, most)
  const step = steps[key]
  return step === undefined ? null : Math.min(Math.max(value + step, 1), Math.max(end, value), most)
}
