import 'server-only'
import { z } from 'zod'
import { isSame } from '../../contract/rules'
import type { Snapshot } from '../current'
import { merge } from '../merge'

type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

function bare(schema: unknown): unknown {
  return schema instanceof z.ZodOptional ? bare(schema.unwrap()) : schema
}

/** What was sent, with those known properties added that SWR has with a value of a kind that could not be read. */
function completed(wrapped: unknown, sent: unknown, raw: unknown): unknown {
  const schema = bare(wrapped)
  if (schema instanceof z.ZodArray && Array.isArray(sent) && Array.isArray(raw) && sent.length === raw.length)
    return sent.map((element, index) => completed(schema.element, element, raw[index]))
  if (sent === undefined) return raw ?? undefined
  if (!(schema instanceof z.ZodObject) || !isObject(sent) || !isObject(raw)) return sent
  const known = Object.entries(schema.shape).map(([name, part]) => [name, completed(part, sent[name], raw[name])])
  return Object.fromEntries(known.filter(([, value]) => value !== undefined))
}

/** Which side is the remote one is told by leaving the other out (docs/swr-api.md section 1, rule 5). */
const sides = ['src_registry', 'dest_registry']

/** What an update is compared with. */
type Was = Pick<Snapshot, 'raw' | 'request' | 'object'>

/**
 * The body of an update with what is as it was read exactly as SWR holds it: values that cannot be read, and an address whose
 * login was masked on its way out. What is not repeated would be lost.
 */
function asHeld(schema: z.ZodObject, body: Json, { raw, request, object }: Was): Json {
  const read: Json = { ...request }
  const held = Object.entries(schema.shape).flatMap(([name, part]) =>
    !sides.includes(name) && isSame(body[name], read[name]) ? [[name, completed(part, body[name], raw[name])]] : [],
  )
  const url = 'url' in object && typeof raw.url === 'string' && body.url === object.url ? { url: raw.url } : {}
  return { ...body, ...Object.fromEntries(held.filter(([, value]) => value !== undefined)), ...url }
}

/** What SWR will hold. Updates replace the whole object: what the console does not know must survive. */
export const wholeOf = (schema: z.ZodObject, body: Json, was: Was): Json =>
  merge(schema, asHeld(schema, body, was), was.raw)
