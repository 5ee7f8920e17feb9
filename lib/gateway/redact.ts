import 'server-only'
import { strictEncode } from './sign'

const mask = '•••'

/** The part of a secret's base64 that is the same whatever stands before and behind it in the encoded text. */
function base64At(offset: number, secret: string): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)])
  const stable = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 3))).toString('base64')
  return stable.slice(Math.ceil((offset * 4) / 3))
}

function spellings(secret: string): string[] {
  const base64 = [0, 1, 2].map((offset) => base64At(offset, secret))
  const base64url = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))
  return [secret, encodeURIComponent(secret), strictEncode(secret), ...base64, ...base64url]
}

const literal = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Masks every spelling of the secrets in texts and in names of properties, however deep; other values stay as they are. */
export function redactor(secrets: readonly string[]): <Value>(value: Value) => Value {
  const found = [...new Set(secrets.flatMap(spellings))].sort((a, b) => b.length - a.length)
  const shortest = found.at(-1)?.length ?? Number.POSITIVE_INFINITY
  // Case is ignored for the sake of percent-encoding; masking too much does no harm.
  const pattern = new RegExp(found.map(literal).join('|'), 'gi')
  const inText = (text: string) => (text.length < shortest ? text : text.replaceAll(pattern, mask))
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
