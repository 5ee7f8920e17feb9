import type { FailureCause } from '../../contract/vocabulary'

/**
 * What registries, Harbor and SWR write when a tag could not be copied. None of it is documented for SWR: these are words of
 * the registry protocol's error codes, of Harbor's and of Go's network library. The first that fits wins, so what is narrow
 * stands before what is wide: a quota is refused with `DENIED`, too.
 */
const signs: readonly (readonly [FailureCause, RegExp])[] = [
  [
    'registry_missing',
    /\b(get|find|load) registry \d+\b.*not found|registry( with id)? \d+ (was )?not found|registry .*(does not exist|was deleted)/i,
  ],
  ['quota', /quota|configured upper limit|insufficient storage|no space left|507|too many (images|repositories|tags)/i],
  ['immutable', /immutab|cannot be overwritten|overwrite is (disabled|not allowed)|tag .*already exists/i],
  [
    'manifest_kind',
    /manifest[_ ]invalid|unsupported (manifest|media ?type|schema)|(manifest|media ?type|schema version) .*(unsupported|not supported|unknown media)|unknown media ?type|unrecogni[sz]ed manifest/i,
  ],
  [
    'name_rejected',
    /name[_ ]invalid|invalid (repository|namespace|project|tag|reference|organi[sz]ation)( name| format)?|tag[_ ]invalid/i,
  ],
  [
    'namespace_missing',
    /(namespace|project|organi[sz]ation)\b.*(not found|does not exist|not exist|unknown|missing)|name[_ ]unknown|(failed to create|cannot create) (namespace|project)/i,
  ],
  [
    'network',
    /dial tcp|i\/o timeout|context deadline exceeded|timed? ?out|connection (refused|reset|closed)|broken pipe|no such host|no route to host|network is unreachable|unexpected eof|\bEOF\b|x509|certificate|tls:|bad gateway|gateway time-?out|service unavailable|too many requests|\b(429|502|503|504)\b|client\.timeout|failed to ping/i,
  ],
  [
    'credential',
    /unauthori[sz]ed|authentication (is )?(required|failed)|invalid (username|credential|password|token)|\bdenied\b|forbidden|no basic auth|insufficient[_ ]scope|\b(401|403)\b/i,
  ],
]

/** A page of some proxy can be long, and the signs take time that grows faster than it. */
const longest = 4_000

/** The cause behind the text of a failed tag; what no sign fits stays `other`, and its text says what there is to say. */
export const failureCause = (text: string): FailureCause => {
  const head = text.slice(0, longest)
  return signs.find(([, sign]) => sign.test(head))?.[0] ?? 'other'
}

const digest = /\bsha256:[0-9a-f]{6,64}/gi
const time = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?/g
const sourcePort = /(\d+\.\d+\.\d+\.\d+):\d+(?=->)/g

/** Texts that differ only by which tag they are about fall into one group by this. */
export function likeness(text: string, repository: string, tag: string): string {
  const same = text.replaceAll(digest, 'sha256').replaceAll(time, 'time').replaceAll(sourcePort, '$1')
  const names = [
    repository,
    repository.slice(repository.indexOf('/') + 1),
    repository.slice(repository.lastIndexOf('/') + 1),
  ]
  // A short tag such as `1` would be found everywhere.
  const told = tag.length > 2 ? [...names, tag] : [...names, `:${tag}`]
  return told.filter((name) => name.length > 1).reduce((left, name) => left.replaceAll(name, '…'), same)
}
