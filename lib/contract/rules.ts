import { z } from 'zod'

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
 * Where a rule about several values shows, and where the others are, below one object. Such a rule is let through only while
 * all of them are as they were read.
 */
export const about = (path: PropertyKey[], ...others: string[][]) => ({
  path,
  params: { depth: path.length, others },
})

const beside = z.object({ depth: z.number(), others: z.array(z.array(z.string())) }).catch({ depth: 0, others: [] })

/** A place that breaks a rule, and all the values that the rule is about. */
interface Place {
  readonly path: PropertyKey[]
  readonly values: readonly PropertyKey[][]
  readonly code: string
}

function placesOf(issue: z.core.$ZodIssue): Place[] {
  const { path } = issue
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: [...path, key], values: [[...path, key]], code: 'unknown' }))
  const { depth, others } = beside.parse(issue.code === 'custom' ? issue.params : undefined)
  const object = path.slice(0, path.length - depth)
  return [{ path, values: [path, ...others.map((other) => [...object, ...other])], code: codeOf(issue) }]
}

/**
 * What of a body breaks the rules. What SWR holds already is no business of ours: a value that is exactly as it was `read`
 * (in the shape of a request) is let through, so that the rest can be changed. Of several that were read any will do.
 */
export function brokenIn(rules: z.ZodType, body: Json, ...read: readonly (object | undefined)[]): Broken[] {
  const { error } = rules.safeParse(body)
  const known = read.filter((each) => each !== undefined)
  return (error?.issues ?? [])
    .flatMap(placesOf)
    .filter(({ values }) => !known.some((each) => values.every((path) => isAsRead(body, each, path))))
    .map(({ path, code }) => [['body', ...path].join('.'), code])
}
