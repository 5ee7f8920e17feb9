import { organizationName } from '../../contract/vocabulary'
import { cleanLine, hostOf, imageDigest, imageTag, repositoryComponent, splitReference } from '../image-reference'

/** An image as people write it. */
export interface Reference {
  /** In small letters, as SWR has them; without an organization when `path` says no more. */
  readonly path: string
  readonly tag: string | null
  readonly digest: string | null
}

/** Why a line cannot be read; each has a text on screen. */
export const unreadableReasons = [
  'no_tag',
  'no_repository',
  'repository_characters',
  'tag_characters',
  'digest_short',
  'digest_kind',
  'too_long',
] as const
export type UnreadableReason = (typeof unreadableReasons)[number]

export type LineReading =
  | { readonly state: 'blank' }
  | { readonly state: 'unreadable'; readonly reason: UnreadableReason }
  | { readonly state: 'read'; readonly reference: Reference }

const longestLine = 600
const unreadable = (reason: UnreadableReason): LineReading => ({ state: 'unreadable', reason })

function withoutHost(path: string): string {
  const host = hostOf(path, (part) => organizationName.test(part))
  return host === '' ? path : path.slice(host.length + 1)
}

/** Reads one pasted line. Lines that begin with `#` are notes. */
export function readReference(line: string): LineReading {
  const text = cleanLine(line)
  if (text === '') return { state: 'blank' }
  if (text.length > longestLine) return unreadable('too_long')
  const { name, tag, digests } = splitReference(text)
  if (digests.length > 1) return unreadable('digest_kind')
  const path = withoutHost(name.toLowerCase())
  const digest = digests[0]?.toLowerCase() ?? null
  if (path === '') return unreadable('no_repository')
  if (!path.split('/').every((part) => repositoryComponent.test(part))) return unreadable('repository_characters')
  if (digest !== null && !imageDigest.test(digest))
    return unreadable(/^sha256:[0-9a-f]{1,63}$/.test(digest) ? 'digest_short' : 'digest_kind')
  if (tag === null && digest === null) return unreadable('no_tag')
  if (tag !== null && !imageTag.test(tag)) return unreadable('tag_characters')
  return { state: 'read', reference: { path, tag, digest } }
}

/** `team/web/api` → organization `team`, repository `web/api`; null when there is no organization in it. */
export function splitPath(path: string): { organization: string; repository: string } | null {
  const slash = path.indexOf('/')
  return slash <= 0 ? null : { organization: path.slice(0, slash), repository: path.slice(slash + 1) }
}
