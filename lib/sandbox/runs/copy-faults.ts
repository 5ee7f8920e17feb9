/*
 * Sentinels of runs: a tag, the last part of a repository's name or the target namespace that is one of these names, or
 * begins with one and a hyphen (`fault-denied-2`), is refused by the target as registries refuse it.
 */

export interface Copied {
  /** In full, at the target. */
  readonly target: string
  readonly tag: string
}

interface CopyFault {
  readonly says: string
  readonly text: (copied: Copied) => string
  /** What else than a tag that fails it makes of it. */
  readonly kind?: 'passes' | 'hangs' | 'deletion' | 'whole'
}

const namespaceOf = (repository: string) => repository.split('/')[0] ?? ''

export const noNamespace = (target: string) => `404 namespace ${namespaceOf(target)} not found`

export const heldText = ({ target, tag }: Copied) =>
  `http status code: 412, body: {"errors":[{"code":"PRECONDITION","message":"Failed to process request due to '${target.split('/').slice(1).join('/')}:${tag}' configured as immutable."}]}`

export const goneText =
  'failed to pull manifest: http status code: 404, body: {"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}'

export const copyFaults: Readonly<Record<string, CopyFault>> = {
  'fault-denied': {
    says: 'the target refuses the credential',
    text: () => '401 unauthorized: authentication required',
  },
  'fault-no-namespace': { says: 'the target has no such namespace', text: ({ target }) => noNamespace(target) },
  'fault-name': {
    says: 'the target refuses the name',
    text: ({ target }) =>
      `http status code: 400, body: {"errors":[{"code":"NAME_INVALID","message":"invalid repository name: ${target}"}]}`,
  },
  'fault-quota': {
    says: 'the storage quota of the target is used up',
    text: ({ target }) =>
      `http status code: 403, body: {"errors":[{"code":"DENIED","message":"adding 42.1 MiB of storage resource, which when updated to current usage of 10.0 GiB will exceed the configured upper limit of 10.0 GiB, project ${namespaceOf(target)}"}]}`,
  },
  'fault-network': {
    says: 'the target does not answer',
    text: ({ target }) =>
      `Put "https://registry.example.com/v2/${target}/blobs/uploads/": dial tcp 10.60.4.12:443: i/o timeout`,
  },
  'fault-manifest': {
    says: 'the target does not take this kind of manifest',
    text: () =>
      'http status code: 400, body: {"errors":[{"code":"MANIFEST_INVALID","message":"unsupported manifest media type: application/vnd.oci.image.index.v1+json"}]}',
  },
  'fault-immutable': {
    says: 'the tag is there and must not change',
    text: heldText,
  },
  'fault-index': {
    says: 'the target takes no image index',
    text: () => "400 Bad Request: Invalid image, fail to parse 'manifest.json'",
  },
  'fault-gone': {
    says: 'the image is gone at the source by then',
    text: () => goneText,
  },
  'fault-passing': {
    says: 'fails, and is copied when the service tries again: the run goes Failed → InProgress → Succeed',
    text: () => 'read tcp 10.60.4.1:35070->10.60.4.12:443: read: connection reset by peer',
    kind: 'passes',
  },
  'fault-hangs': { says: 'is never finished: the run hangs until it is stopped', text: () => '', kind: 'hangs' },
  'fault-deletion': {
    says: 'was deleted here: the run has a task that deletes it at the target, which refuses',
    text: () =>
      'http status code: 405, body: {"errors":[{"code":"UNSUPPORTED","message":"the operation is unsupported"}]}',
    kind: 'deletion',
  },
  'fault-whole': {
    says: 'a repository only: fails as a whole, no tag of it is begun, and the run alone says why',
    text: ({ target }) => `failed to fetch artifacts of ${target}: unexpected status 500`,
    kind: 'whole',
  },
  'fault-odd': { says: 'fails for a reason that nobody knows', text: () => 'worker 7 gave up: E77' },
}

const sentinel = (name: string) =>
  Object.keys(copyFaults).find((fault) => name === fault || name.startsWith(`${fault}-`))

function faultOf({ target, tag }: Copied): CopyFault | undefined {
  const fault = [tag, target.split('/').at(-1) ?? '', namespaceOf(target)].map(sentinel).find(Boolean)
  return fault === undefined ? undefined : copyFaults[fault]
}

/** Why the target refuses this tag, or null. */
export const copyFault = (copied: Copied): string | null => faultOf(copied)?.text(copied) || null

/** What becomes of a tag, or with an empty one of a repository, that is more than a failure. */
export const kindOf = (copied: Copied): CopyFault['kind'] => faultOf(copied)?.kind
