import type { BasicRule } from '../../contract/console/basic-retention'
import { readRetention } from './rule'

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined)

/** The rule that SWR's log names for a deletion, which is JSON as a text; null for what is none. */
export function readLoggedRule(text: string): BasicRule | null {
  let said: unknown
  try {
    said = JSON.parse(text)
  } catch {
    return null
  }
  if (!isRecord(said)) return null
  const selectors = Array.isArray(said.tag_selectors) ? said.tag_selectors.filter(isRecord) : []
  const rule = {
    template: textOf(said.template),
    params: isRecord(said.params) ? { ...said.params } : undefined,
    tag_selectors: selectors.map(({ kind, pattern }) => ({ kind: textOf(kind), pattern: textOf(pattern) })),
  }
  return readRetention({ algorithm: 'or', rules: [rule] })
}
