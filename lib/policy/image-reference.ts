/* How a reference to an image is put together, wherever one is written. */

/** What editors, spreadsheets and chats put around a line: marks of byte order and direction, blanks of every width. */
const around = /^[\s\u200b-\u200f\u2060\ufeff"'`,;]+|[\s\u200b-\u200f\u2060\ufeff"'`,;]+$/gu
const command = /^(?:docker|podman|nerdctl|crictl)\s+(?:image\s+)?pull\s+/i
/** `docker-pullable://` of a pod's status as well. */
const scheme = /^[a-z-]+:\/\//i
/** A part that is a registry's host: it has a dot or a port, or is the local machine. */
const host = /^(?:[^/]*[.:][^/]*|localhost)$/

export const repositoryComponent = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/
export const imageTag = /^\w[\w.-]{0,127}$/
export const imageDigest = /^sha256:[0-9a-f]{64}$/

/** The line without what surrounds it; empty for a note, which begins with `#`. */
export function cleanLine(line: string): string {
  const text = line.replace(around, '')
  return text.startsWith('#') ? '' : text
}

export interface ReferenceParts {
  /** Host, organization and repository, as written. */
  readonly name: string
  readonly tag: string | null
  /** All that stands behind an `@`: one at most in a reference that can be read. */
  readonly digests: readonly string[]
}

export function splitReference(text: string): ReferenceParts {
  const [named = '', ...digests] = text.replace(command, '').replace(scheme, '').split('@')
  // A port stands before a slash, a tag behind the last one.
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1)
  return colon === -1
    ? { name: named, tag: null, digests }
    : { name: named.slice(0, colon), tag: named.slice(colon + 1), digests }
}

/**
 * The host before a path, empty where there is none. `swr.cn-north-4.myhuaweicloud.com/team/api` has one; an organization may
 * have a dot as well, so a first part counts as a host only when two more follow, or when `isOrganization` refuses it.
 */
export function hostOf(path: string, isOrganization: (part: string) => boolean): string {
  const [first = '', ...rest] = path.split('/')
  return rest.length > 0 && host.test(first) && (rest.length > 1 || !isOrganization(first)) ? first : ''
}
