import 'server-only'
import { LRUCache } from 'lru-cache'
import { globalSlot } from '../global-slot'

const mask = '•••'

/** The part of a secret's base64 that is the same whatever stands before and behind it in the encoded text. */
function base64At(offset: number, secret: string): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)])
  const stable = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 3))).toString('base64')
  return stable.slice(Math.ceil((offset * 4) / 3))
}

function base64Of(secret: string): string[] {
  const base64 = [0, 1, 2].map((offset) => base64At(offset, secret))
  return [...base64, ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))]
}

const hexOf = (secret: string) => Buffer.from(secret).toString('hex')

const literal = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

const named: Readonly<Record<string, string>> = { '"': 'quot', "'": 'apos', '&': 'amp', '<': 'lt', '>': 'gt' }

/** Every way to write a sign that is neither letter nor digit: bare, for addresses (also twice), in JSON within JSON, in HTML. */
function anySpelling(sign: string): string {
  const code = sign.charCodeAt(0)
  const hex = code.toString(16).padStart(2, '0')
  const entity = `&(?:#0{0,4}${code}|#x0{0,4}${hex}${named[sign] ? `|${named[sign]}` : ''});`
  return `(?:\\\\{0,9}${literal(sign)}|%(?:25){0,9}${hex}|\\\\{1,9}u00${hex}|${entity})`
}

const patternOf = (secret: string) => secret.replaceAll(/[^A-Za-z0-9]/g, anySpelling)

type Mask = (text: string) => string

function makeMask(secrets: readonly string[]): Mask {
  const longestFirst = [...new Set(secrets)].sort((a, b) => b.length - a.length)
  const encoded = longestFirst.flatMap((secret) => [...base64Of(secret), hexOf(secret)])
  const shortest = Math.min(...[...longestFirst, ...encoded].map(({ length }) => length))
  // Case is ignored for the sake of percent-encoding; masking too much does no harm.
  const pattern = new RegExp([...longestFirst.map(patternOf), ...encoded.map(literal)].join('|'), 'gi')
  return (text) => (text.length < shortest ? text : text.replaceAll(pattern, mask))
}

/** Keys are replaced now and then; nobody has many. */
const maxMasks = 20
const masks = globalSlot('masks', () => new LRUCache<string, Mask>({ max: maxMasks }))

/** A pattern is dear to compile, and slow until it was: the one of secrets that stay is kept. */
function keptMask(secrets: readonly string[]): Mask {
  const name = JSON.stringify(secrets)
  const made = masks().get(name) ?? makeMask(secrets)
  masks().set(name, made)
  return made
}

/**
 * Masks every spelling of the secrets in texts and in names of properties, however deep; other values stay as they are.
 * `passing` are secrets of one request alone, of which nothing is kept.
 */
export function redactor(secrets: readonly string[], passing: readonly string[] = []): <Value>(value: Value) => Value {
  const [ofRequest, ofAll] = [makeMask(passing), keptMask(secrets)]
  const inText = (text: string) => ofAll(ofRequest(text))
  const inside = (value: unknown): unknown => {
    if (typeof value === 'string') return inText(value)
    if (Array.isArray(value)) return value.map(inside)
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [inText(name), inside(each)]))
    return value
  }
  // The shape stays: only texts change.
  return <Value>(value: Value) => inside(value) as Value
}
