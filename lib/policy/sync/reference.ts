import { organizationName } from '../../contract/vocabulary'

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
/** What editors, spreadsheets and chats put around a line: marks of byte order and direction, blanks of every width. */
const around = /^[\s\u200b-\u200f\u2060\ufeff"'`,;]+|[\s\u200b-\u200f\u2060\ufeff"'`,;]+$/gu
const command = /^(?:docker|podman|nerdctl|crictl)\s+(?:image\s+)?pull\s+/i
const scheme = /^[a-z]+:\/\//i
/** A part that is a registry's host: it has a dot or a port, or is the local machine. */
const host = /^(?:[^/]*[.:][^/]*|localhost)$/
const component = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/
const tagPattern = /^\w[\w.-]{0,127}$/
const digestPattern = /^sha256:[0-9a-f]{64}$/

const unreadable = (reason: UnreadableReason): LineReading => ({ state: 'unreadable', reason })

/**
 * The path without the host before it. `swr.cn-north-4.myhuaweicloud.com/team/api` has one; an organization may have a dot
 * as well, so a first part counts as a host only when two more follow, or when it cannot be an organization.
 */
function withoutHost(path: string): string {
  const parts = path.split('/')
  const [first = ''] = parts
  const isHost = host.test(first) && (parts.length > 2 || !organizationName.test(first))
  return isHost && parts.length > 1 ? parts.slice(1).join('/') : path
}

/** Reads one pasted line. Lines that begin with `#` are notes. */
export function readReference(line: string): LineReading {
  const text = line.replace(around, '')
  if (text === '' || text.startsWith('#')) return { state: 'blank' }
  if (text.length > longestLine) return unreadable('too_long')
  const [named = '', ...digests] = text.replace(command, '').replace(scheme, '').split('@')
  if (digests.length > 1) return unreadable('digest_kind')
  // A port stands before a slash, a tag behind the last one.
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1)
  const tag = colon === -1 ? null : named.slice(colon + 1)
  const path = withoutHost((colon === -1 ? named : named.slice(0, colon)).toLowerCase())
  const digest = digests[0]?.toLowerCase() ?? null
  if (path === '') return unreadable('no_repository')
  if (!path.split('/').every((part) => component.test(part))) return unreadable('repository_characters')
  if (digest !== null && !digestPattern.test(digest))
    return unreadable(/^sha256:[0-9a-f]{1,63}$/.test(digest) ? 'digest_short' : 'digest_kind')
  if (tag === null && digest === null) return unreadable('no_tag')
  if (tag !== null && !tagPattern.test(tag)) return unreadable('tag_characters')
  return { state: 'read', reference: { path, tag, digest } }
}

/** `team/web/api` → organization `team`, repository `web/api`; null when there is no organization in it. */
export function splitPath(path: string): { organization: string; repository: string } | null {
  const slash = path.indexOf('/')
  return slash <= 0 ? null : { organization: path.slice(0, slash), repository: path.slice(slash + 1) }
}
