/*
 * Texts of failures hold names, digests, ports and times. None of them says why something failed: a repository can be called
 * `quota-service`, a tag `401` and a port 50212. They are taken out before a text is read or compared with another.
 */

/** What a text is about. */
export interface Copied {
  /** In full. */
  readonly repository: string
  /** Empty for an untagged image, or where the text is about a whole repository. */
  readonly tag: string
}

const gap = '…'

/** Signs that a name may hold: where one of them goes on, a name has not ended. */
const inName = '[\\w.-]'
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

/**
 * A word alone may be a name or the reason itself ("quota"): it counts as a name where names stand, behind `/`, `:` or a quote
 * or a word such as "tag".
 */
const nameAt = (name: string) =>
  new RegExp(
    String.raw`(?<=/|['"]|[\w…]:|\b(?:repository|namespace|project|image|artifact|manifest|tag)[ =:]+)(?<!(?:code|status|errors?):)${escaped(name)}(?!${inName})`,
    'gi',
  )

function withoutKnown(text: string, { repository, tag }: Copied): string {
  const inner = repository.slice(repository.indexOf('/') + 1)
  const last = repository.slice(repository.lastIndexOf('/') + 1)
  const full = [repository, inner].filter((name) => name.includes('/'))
  const left = full.reduce(
    (rest, name) => rest.replace(new RegExp(`(?<!${inName})${escaped(name)}(?!${inName})`, 'gi'), gap),
    text,
  )
  return [last, inner, tag].filter(Boolean).reduce((rest, name) => rest.replace(nameAt(name), gap), left)
}

/** In this order: what is long and has parts that look like something else comes first. */
const noise: readonly (readonly [RegExp, string])[] = [
  // 2026-03-04T09:30:00Z, 2026/03/04 09:30:00, 09:30:00.123
  [/\b\d{4}[-/]\d\d[-/]\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?/g, gap],
  [/\b\d\d:\d\d:\d\d(?:[.,]\d+)?/g, gap],
  [/\bsha(?:256|512):[0-9a-f…]{4,}/gi, gap],
  // Ids of requests and layers.
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, gap],
  [/\b(?=[0-9a-f]*\d)[0-9a-f]{12,}\b/gi, gap],
  [/\bhttps?:\/\/[^\s"'<>]+/gi, gap],
  // 10.0.0.1:35070, registry.example.com:8443, [::1]:80
  [/(?:\b\d{1,3}(?:\.\d{1,3}){3}|\b[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,}|\blocalhost|\[[\da-f:]+\]):\d{1,5}\b/gi, gap],
  [/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, gap],
  // 42.1 MiB, 30.5s
  [/\b\d+(?:\.\d+)? ?(?:[KMGTP]i?B|bytes?|ms|s|m|min|minutes?|seconds?)\b/gi, gap],
  // The words of the trade that look like names.
  [/\btime-out\b/gi, 'timeout'],
  [/\bi\/o\b/gi, 'io'],
  [/\bHTTP\/\d(?:\.\d)?/gi, 'HTTP'],
  [/\bapplication\/(?=vnd\.)/gi, ''],
  // library/nginx:1.27, project-x/app@…
  [/(?<![\w.…-])\/?[\w.…-]+(?:\/[\w.…-]+)+(?::[\w.…-]+)?/g, gap],
]

/** The text without what only says which tag, when and from where: texts that differ in nothing else become equal. */
export function withoutNames(text: string, copied: Copied): string {
  return noise
    .reduce((left, [pattern, by]) => left.replace(pattern, by), withoutKnown(text, copied))
    .replace(/…(?:[@:/ …]*…)+/g, gap)
    .replace(/\s+/g, ' ')
    .trim()
}

const phrase =
  'bad request|unauthorized|payment required|forbidden|not found|method not allowed|conflict|gone|length required|precondition failed|request entity too large|too many requests|internal server error|not implemented|bad gateway|service unavailable|gateway timeout|insufficient storage'

/** Where a status stands: first of all, behind what announces one, or before its own words. Any other number is none. */
const statusAt = new RegExp(
  String.raw`^\s*([45]\d\d)\b|\b(?:status(?: ?code)?|response(?: code)?|HTTP|code)(?: is| was)?[ "']*[:=]?[ "']*([45]\d\d)\b|\b([45]\d\d) (?:${phrase})\b`,
  'i',
)

/** The status of HTTP in a text without names; undefined when it tells none. */
export function statusIn(text: string): number | undefined {
  const found = statusAt.exec(text)?.slice(1).find(Boolean)
  return found === undefined ? undefined : Number(found)
}

/** Names with a hyphen that nobody could know: `quota-service`, `build-502`. */
export const withoutCompounds = (text: string): string => text.replace(/(?<![\w-])\w[\w.]*(?:-[\w.]+)+/g, gap)
