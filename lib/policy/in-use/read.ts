import { elementsOf } from './json-elements'
import { imagesOfPod, isPod, isRecord, kindOf } from './pods'
import { type RunningImage, readRunningImage } from './running-image'

/** Why a text is no list of what runs; each has a text on screen. */
export const podListRefusals = [
  'pods_empty',
  'pods_cut',
  'pods_partial',
  'pods_broken_json',
  'pods_other_json',
  'pods_other_kind',
  'pods_html',
  'pods_yaml',
  'pods_table',
  'pods_unreadable',
  'pods_many',
] as const
export type PodListRefusal = (typeof podListRefusals)[number]

export type PodListReading =
  | { readonly state: 'read'; readonly images: readonly RunningImage[]; readonly unreadable: number }
  /** `said`: what it is instead, in its own words: a kind, an error of the cluster. */
  | { readonly state: 'refused'; readonly reason: PodListRefusal; readonly said: string }

/** Different references of one cluster. */
const mostImages = 50_000
/** The same image can be written in several ways. */
const mostReferences = 4 * mostImages
/** Letters of what somebody sent that are told back. */
const longestSaid = 200

class Refused extends Error {
  constructor(
    readonly reason: PodListRefusal,
    readonly said = '',
  ) {
    super(reason)
  }
}

/** Each image once, however many containers are made of it. */
class Collected {
  private readonly seen = new Set<string>()
  private readonly byKey = new Map<string, RunningImage>()
  readable = 0
  unreadable = 0

  add(reference: string): void {
    if (this.seen.has(reference)) return
    if (this.seen.size >= mostReferences) throw new Refused('pods_many', String(mostImages))
    this.seen.add(reference)
    const image = readRunningImage(reference)
    if (!image) {
      this.unreadable++
      return
    }
    this.readable++
    const { host, repository, tag, digest } = image
    this.byKey.set(`${host} ${repository} ${tag} ${digest}`, image)
    if (this.byKey.size > mostImages) throw new Refused('pods_many', String(mostImages))
  }

  get images(): readonly RunningImage[] {
    return [...this.byKey.values()]
  }
}

/** What was found in one array. */
interface Found {
  readonly images: Collected
  pods: number
  texts: number
  readonly others: Map<string, number>
}

function takeElement(element: string, found: Found): boolean {
  let value: unknown
  try {
    value = JSON.parse(element)
  } catch {
    return false
  }
  if (typeof value === 'string') {
    found.texts++
    found.images.add(value)
  } else if (isPod(value)) {
    found.pods++
    takePod(value, found.images)
  } else {
    const kind = kindOf(value)
    if (found.others.has(kind) || found.others.size < 20) found.others.set(kind, (found.others.get(kind) ?? 0) + 1)
  }
  return true
}

function takePod(pod: unknown, images: Collected) {
  const { references, missing } = imagesOfPod(pod)
  images.unreadable += missing
  for (const reference of references) images.add(reference)
}

/** The text of an error that a cluster answers instead of a list. */
const messageOf = (value: object) => ('message' in value && typeof value.message === 'string' ? value.message : '')

/** What stands in a list instead of pods, the most frequent first. */
const kindsOf = ({ others }: Found) =>
  [...others]
    .toSorted(([, a], [, b]) => b - a)
    .flatMap(([kind]) => kind || [])
    .slice(0, 5)
    .join(', ')

/**
 * Of a page of a list, how many objects come behind it, as far as the cluster says it; null for a whole list. What runs there
 * would count as not running.
 */
function unsentOf(metadata: unknown): string | null {
  if (!isRecord(metadata)) return null
  const { continue: token, remainingItemCount: count } = metadata
  const isCounted = typeof count === 'number' && count > 0
  if (isCounted) return String(count)
  return typeof token === 'string' && token !== '' ? '' : null
}

const refusalOf = { cut: 'pods_cut', too_large: 'pods_other_json', broken: 'pods_broken_json' } as const

function* readJson(json: string): Generator<void, Collected> {
  const arrays: Found[] = []
  const take = (element: string, array: number) => {
    arrays[array] ??= { images: new Collected(), pods: 0, texts: 0, others: new Map() }
    return takeElement(element, arrays[array])
  }
  const elements = yield* elementsOf(json, take)
  if (elements.state !== 'whole') throw new Refused(refusalOf[elements.state])
  const { shell } = elements
  const kind = kindOf(shell)
  if (isRecord(shell) && (kind === 'Pod' || (kind === '' && isPod(shell)))) {
    const images = new Collected()
    takePod(shell, images)
    return images
  }
  const items: unknown = isRecord(shell) ? shell.items : shell
  if (!isRecord(shell) && !Array.isArray(shell)) throw new Refused('pods_other_json', typeof shell)
  if (!Array.isArray(items)) {
    const keys = Object.keys(shell).slice(0, 5).join(', ')
    throw kind === ''
      ? new Refused('pods_other_json', keys)
      : new Refused('pods_other_kind', [kind, messageOf(shell)].filter(Boolean).join(': '))
  }
  const left = isRecord(shell) ? unsentOf(shell.metadata) : null
  if (left !== null) throw new Refused('pods_partial', left)
  if (items.length === 0 && !isRecord(shell)) throw new Refused('pods_empty')
  // A cluster in which nothing runs.
  if (items.length === 0 && ['', 'List', 'PodList'].includes(kind)) return new Collected()
  const found = arrays[Number(items[0])]
  if (!found || found.pods + (isRecord(shell) ? 0 : found.texts) === 0)
    throw new Refused('pods_other_kind', (found && kindsOf(found)) || kind)
  return found.images
}

/** One reference a line; several where a template of kubectl has put blanks between them. */
function* readLines(text: string): Generator<void, Collected> {
  const images = new Collected()
  for (let at = 0, lines = 0; at < text.length; lines++) {
    if (lines % 500 === 0) yield
    const next = text.indexOf('\n', at)
    const end = next === -1 ? text.length : next
    const line = text.slice(at, end)
    at = end + 1
    if (/^[\s\ufeff]*#/.test(line)) continue
    const isAlone = !/\S\s+[^\s#]/.test(line)
    let words = 0
    for (const [word] of line.matchAll(/\S+/g)) {
      if (++words % 500 === 0) yield
      if (word.startsWith('#')) break
      // Words of a sentence or a table are no images.
      if (isAlone || /[/:@]/.test(word)) images.add(word)
      else images.unreadable++
    }
  }
  if (images.readable === 0 && images.unreadable === 0) throw new Refused('pods_empty')
  return images
}

/** Beginnings of what people send instead. */
const others: readonly (readonly [RegExp, PodListRefusal])[] = [
  [/^</, 'pods_html'],
  [/^(?:---|%YAML|(?:apiVersion|kind|items|metadata)\s*:)/, 'pods_yaml'],
  [/^(?:NAMESPACE|NAME|CONTAINER|CONTAINER ID|REPOSITORY)\s+[A-Z]/, 'pods_table'],
]

function* collect(text: string): Generator<void, Collected> {
  const begin = /[^\s\ufeff]/.exec(text)?.index
  if (begin === undefined) throw new Refused('pods_empty')
  const head = text.slice(begin, begin + longestSaid)
  const other = others.find(([pattern]) => pattern.test(head))
  if (other) throw new Refused(other[1], /^.*/.exec(head)?.[0])
  const isJson = /^[{[]/.test(head)
  const images = yield* isJson ? readJson(text.slice(begin)) : readLines(text)
  // Where little can be read, what is read is chance.
  if (images.unreadable > images.readable) throw new Refused('pods_unreadable', /^.*/.exec(head)?.[0])
  return images
}

/** Reads what runs in a cluster, in steps: `kubectl get pods -A -o json`, one pod, or a plain list of references. */
export function* readPodList(text: string): Generator<void, PodListReading> {
  try {
    const { images, unreadable } = yield* collect(text)
    return { state: 'read', images, unreadable }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return { state: 'refused', reason: error.reason, said: error.said.slice(0, longestSaid) }
  }
}
