import type { z } from 'zod'

type Json = Readonly<Record<string, unknown>>

/** One place of a body that breaks a rule, with the code that its field shows. */
export type Broken = readonly [path: string, code: string]

/** Messages that the contract gives are codes already; zod's own are English and give way to zod's code. */
export const codeOf = ({ message, code = 'custom' }: z.core.$ZodIssue): string =>
  /^[a-z_]+$/.test(message) ? message : code

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null

/** Equal as JSON: a property without a value is none. */
export function isSame(one: unknown, other: unknown): boolean {
  if (!isObject(one) || !isObject(other)) return one === other || (one === null && other === null)
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const keys = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...keys].every((key) => isSame(one[key], other[key]))
}

const at = (value: unknown, key: PropertyKey): unknown => (isObject(value) ? value[String(key)] : undefined)

/** Whether what stands at a path is what was read there. An element of a list may have moved, as a whole. */
function isAsRead(sent: unknown, read: unknown, path: readonly PropertyKey[]): boolean {
  if (isSame(sent, read)) return true
  const [key, ...rest] = path
  if (key === undefined) return false
  const element = at(sent, key)
  if (Array.isArray(read) && read.some((each) => isSame(each, element))) return true
  return isAsRead(element, at(read, key), rest)
}

/**
 * What of a body breaks the rules. What SWR holds already is no business of ours: a value that is exactly as it was `read`
 * (in the shape of a request) is let through, so that the rest can be changed.
 */
export function brokenIn(rules: z.ZodType, body: Json, read?: object): Broken[] {
  const { error } = rules.safeParse(body)
  return (error?.issues ?? [])
    .flatMap(placesOf)
    .filter(({ path }) => read === undefined || !isAsRead(body, read, path))
    .map(({ path, code }) => [['body', ...path].join('.'), code])
}

const placesOf = (issue: z.core.$ZodIssue): { path: PropertyKey[]; code: string }[] =>
  issue.code === 'unrecognized_keys'
    ? issue.keys.map((key) => ({ path: [...issue.path, key], code: 'unknown' }))
    : [{ path: issue.path, code: codeOf(issue) }]
