import type { FailureCause } from '../../contract/vocabulary'
import { type Copied, statusIn, withoutCompounds, withoutNames } from './failure-text'

interface Sign {
  readonly cause: FailureCause
  readonly words: RegExp
  readonly statuses?: readonly number[]
}

/**
 * What registries, Harbor and SWR write when a tag could not be copied. Little of it is documented for SWR: these are words of
 * the registry protocol's error codes, of Harbor's and of Go's network library. The first that fits wins, so what is narrow
 * stands before what is wide: a quota is refused with `DENIED`, too.
 */
const signs: readonly Sign[] = [
  {
    cause: 'registry_missing',
    words:
      /\b(get|find|load) registry \d+\b.*not found|registry( with id)? \d+ (was )?not found|registry .*(does not exist|was deleted)/i,
  },
  // SWR Basic takes no image index (docs/swr-api.md section 16).
  {
    cause: 'image_index',
    words:
      /fail(ed)? to parse '?"?manifest\.json|unsupported .*(image\.index|manifest\.list)|invalid image\b.*manifest/i,
  },
  {
    cause: 'quota',
    words:
      /\bquota|[a-z_]*quota_?(exceeded|limit)|configured upper limit|insufficient storage|no space left|too many (images|repositories|tags)/i,
    statuses: [507],
  },
  {
    cause: 'immutable',
    words: /immutab|cannot be overwritten|overwrite is (disabled|not allowed)|tag .*already exists/i,
  },
  {
    cause: 'gone_at_source',
    words:
      /(manifest|blob)[_ ]unknown|\b(manifest|artifact|image|tag|blob)\b[^.;]{0,80}\b(not found|does not exist|no longer exists)/i,
  },
  {
    cause: 'manifest_kind',
    words:
      /manifest[_ ]invalid|unsupported (manifest|media ?type|schema)|(manifest|media ?type|schema version) .*(unsupported|not supported|unknown media)|unknown media ?type|unrecogni[sz]ed manifest/i,
  },
  {
    cause: 'name_rejected',
    words:
      /name[_ ]invalid|invalid (repository|namespace|project|tag|reference|organi[sz]ation)( name| format)?|tag[_ ]invalid/i,
  },
  {
    cause: 'namespace_missing',
    words:
      /\b(namespace|project|organi[sz]ation)\b.*(not found|does not exist|not exist|unknown|missing)|name[_ ]unknown|(failed to create|cannot create) (namespace|project)/i,
  },
  {
    cause: 'network',
    words:
      /dial tcp|\bio timeout|context deadline exceeded|timed? ?out|connection (refused|reset|closed)|broken pipe|no such host|no route to host|network is unreachable|unexpected eof|\bEOF\b|x509|certificate|tls:|bad gateway|gateway timeout|service unavailable|too many requests|client\.timeout|failed to ping/i,
    statuses: [429, 502, 503, 504],
  },
  {
    cause: 'credential',
    words:
      /unauthori[sz]ed|authentication (is )?(required|failed)|invalid (username|credential|password|token)|\bdenied\b|forbidden|no basic auth|insufficient[_ ]scope/i,
    statuses: [401, 403],
  },
]

/** A page of some proxy can be long, and the signs take time that grows faster than it. */
const maxLength = 4_000

const nobody: Copied = { repository: '', tag: '' }

/**
 * The cause behind the text of a failed tag; what no sign fits stays `other`, and its text says what there is to say. The names
 * of what was copied are no signs of anything.
 */
export function failureCause(text: string, copied: Copied = nobody): FailureCause {
  const read = withoutNames(text.slice(0, maxLength), copied)
  const status = statusIn(read)
  const words = withoutCompounds(read)
  const fits = ({ words: sign, statuses }: Sign) =>
    sign.test(words) || (status !== undefined && statuses?.includes(status) === true)
  return signs.find(fits)?.cause ?? 'other'
}

/** Texts that differ only by which tag they are about, by times and by ports fall into one group by this. */
export const groupingKey = (text: string, repository: string, tag: string): string =>
  withoutNames(text.slice(0, maxLength), { repository, tag })
