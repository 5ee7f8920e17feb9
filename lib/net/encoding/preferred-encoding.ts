import 'server-only'
import Negotiator from 'negotiator'

/** What the console can encode, the smallest first: of those that a client likes equally, it gets the first. */
const encodings = ['br', 'gzip'] as const
export type Encoding = (typeof encodings)[number]

/** The encoding that a client gets by its `Accept-Encoding` (RFC 9110, section 12.5.3); undefined: none. */
export function preferredEncoding(accepted: string | undefined): Encoding | undefined {
  const negotiator = new Negotiator({ headers: { 'accept-encoding': accepted } })
  const best = negotiator.encoding([...encodings, 'identity'], { preferred: encodings })
  return encodings.find((encoding) => encoding === best)
}
