import 'server-only'
import { z } from 'zod'
import { isSame } from '../contract/rules'

type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The service's own: it answers them and must not be told (docs/swr-api.md section 14). Places of arrays have no index here. */
export const serviceKeys = [
  'id',
  'created_at',
  'updated_at',
  // The health of a registry.
  'status',
  'namespace_id',
  'namespace_name',
  'rules.id',
  // What a policy repeats of its registry; only the id is the policy's own say.
  'src_registry.name',
  'src_registry.credential',
  'dest_registry.name',
  'dest_registry.credential',
]

/** Properties whose unknown content belongs to what a neighbour or a part of them says, and goes when that changes. */
const belongs: Readonly<Record<string, (sent: Json, was: Json) => boolean>> = {
  src_registry: (sent, was) => same(sent.src_registry, was.src_registry, 'id'),
  dest_registry: (sent, was) => same(sent.dest_registry, was.dest_registry, 'id'),
  params: (sent, was) => sent.template === was.template,
}

const same = (sent: unknown, was: unknown, key: string) => isObject(sent) && isObject(was) && sent[key] === was[key]

/** What a schema says about a value, without the wrappers that only say whether it must be there. */
function bare(schema: unknown): unknown {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault
    ? bare(schema.unwrap())
    : schema
}

/**
 * The body of an update, which replaces the whole object, with those properties of the present object added that the
 * request schema does not know, at every level. What the schema knows is exactly as the body says, also when it is left out.
 */
export function merge(schema: z.ZodObject, body: Json, was: Json): Json {
  return mergeObject(schema, body, was, '')
}

function mergeObject(schema: z.ZodObject, sent: Json, was: Json, place: string): Json {
  const known = schema.shape
  const spare = Object.entries(was).filter(
    ([name]) => !Object.hasOwn(known, name) && !serviceKeys.includes(place + name),
  )
  const given = Object.entries(sent).map(([name, value]) => {
    const keeps = Object.hasOwn(was, name) && (!Object.hasOwn(belongs, name) || belongs[name]?.(sent, was))
    return [name, keeps ? mergeValue(known[name], value, was[name], `${place}${name}.`) : value] as const
  })
  // fromEntries defines properties: a `__proto__` in someone's JSON stays one among others.
  return Object.fromEntries([...spare, ...given])
}

function mergeValue(wrapped: unknown, sent: unknown, was: unknown, place: string): unknown {
  const schema = bare(wrapped)
  if (schema instanceof z.ZodObject && isObject(sent) && isObject(was)) return mergeObject(schema, sent, was, place)
  if (schema instanceof z.ZodRecord && isObject(sent) && isObject(was)) return { ...was, ...sent }
  if (schema instanceof z.ZodArray && Array.isArray(sent) && Array.isArray(was)) {
    const partners = isFilters(schema) ? filterPartners(sent, was) : placePartners(schema.element, sent, was)
    return sent.map((element, index) => mergeValue(schema.element, element, partners[index], place))
  }
  return sent
}

function filterPartners(sent: readonly unknown[], was: readonly unknown[]): unknown[] {
  const left = [...was]
  return sent.map((element) => left.splice(left.findIndex((each) => isSameFilter(element, each)) >>> 0, 1)[0])
}

/** A rule or selector that says the same as one that is there meets it, wherever it stands; others meet by their place. */
function placePartners(element: unknown, sent: readonly unknown[], was: readonly unknown[]): unknown[] {
  const free = new Set(was.keys())
  const take = (index: number) => free.delete(index)
  const same = sent.map((each, index) =>
    [index, ...free].find((at) => free.has(at) && saysSame(element, each, was[at]) && take(at)),
  )
  return sent.map((_, index) => {
    const at = same[index] ?? (take(index) ? index : undefined)
    return at === undefined ? undefined : was[at]
  })
}

/** Whether all that the schema knows is the same on both sides. */
function saysSame(wrapped: unknown, sent: unknown, was: unknown): boolean {
  const schema = bare(wrapped)
  if (schema instanceof z.ZodObject && isObject(sent) && isObject(was))
    return Object.entries(schema.shape).every(([name, part]) => saysSame(part, sent[name], was[name]))
  if (schema instanceof z.ZodArray && Array.isArray(sent) && Array.isArray(was))
    return sent.length === was.length && sent.every((each, index) => saysSame(schema.element, each, was[index]))
  return isSame(sent, was)
}

/** Elements that have a type and a value meet by both. */
function isFilters(array: z.ZodArray): boolean {
  const element = bare(array.element)
  return element instanceof z.ZodObject && ['type', 'value'].every((name) => Object.hasOwn(element.shape, name))
}

/** What else a filter says is about its value, and does not go over to another one (docs/swr-api.md section 8). */
const isSameFilter = (sent: unknown, was: unknown) =>
  isObject(sent) && isObject(was) && sent.type === was.type && isSame(sent.value, was.value)
