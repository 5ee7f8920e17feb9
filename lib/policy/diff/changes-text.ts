import type { Difference } from '../../contract/difference'
import { fieldNameOf, fieldNumberOf, relevantChanges } from './field-names'
import { contentDifferences } from './version-differences'

const valueText = (value: unknown) =>
  value === undefined || value === null || value === ''
    ? '–'
    : typeof value === 'string'
      ? value
      : JSON.stringify(value)

const fieldText = (path: string) => {
  const name = fieldNameOf(path)
  const number = fieldNumberOf(path)
  return name === undefined || number === undefined ? (name ?? path) : `${name} ${number}`
}

/** What changed between two stored objects, in the order of the forms. */
export const changesBetween = (before: unknown, after: unknown): readonly Difference[] =>
  relevantChanges(contentDifferences(before ?? undefined, after ?? undefined))

/** The same as one text, such as `tags: v2.* → v3.*; enabled: false → true`; of what is new or gone only its fields. */
export function changesText(before: unknown, after: unknown): string {
  const isChange = Boolean(before) && Boolean(after)
  return changesBetween(before, after)
    .map(({ path, before: old, after: now }) =>
      isChange
        ? `${fieldText(path)}: ${valueText(old)} → ${valueText(now)}`
        : `${fieldText(path)}: ${valueText(now ?? old)}`,
    )
    .join('; ')
}
