import 'server-only'
import { oldest } from '../../cache'
import type { Actor } from '../../contract/actor'
import type { SyncImage } from '../../contract/console/sync-search'
import type { LineState } from '../../contract/console/sync-vocabulary'
import { type Reference, readReference, splitPath, type UnreadableReason } from '../../policy/sync/reference'
import type { ConsoleHandlers } from '../handler'
import { slicesWithoutEnd } from '../time-slice'
import { type RepositoryTags, repositoryNames } from './lists'
import { tagLists } from './tag-lists'

/** Why an image that can be read is not found; each has a text on screen. */
export type NotFoundReason =
  | 'repository_missing'
  | 'repository_unread'
  | 'tag_missing'
  | 'digest_missing'
  | 'digest_differs'
  | 'several_tags'
  | 'several_organizations'

interface Line {
  readonly line: number
  readonly state: LineState
  readonly reason: UnreadableReason | NotFoundReason | null
  readonly images: SyncImage[]
}

/** Repositories that a path can mean: the one it names, or those of that name in any organization. */
function meant(path: string, names: ReadonlySet<string>, byRepository: ReadonlyMap<string, readonly string[]>) {
  if (names.has(path)) return [path]
  return byRepository.get(path) ?? []
}

/** One repository's answer to a reference. */
function findIn(reference: Reference, tags: RepositoryTags): SyncImage[] {
  const { tag, digest } = reference
  if (tag !== null) {
    const image = tags.byName?.get(tag)
    return image && (digest === null || image.digest === digest) ? [image] : []
  }
  return Array.from(tags.byName?.values() ?? []).filter((image) => image.digest === digest)
}

const reasonOf = ({ tag, digest }: Reference, lists: readonly (RepositoryTags | null)[]): NotFoundReason => {
  if (lists.some((list) => list === null)) return 'repository_unread'
  if (tag === null) return 'digest_missing'
  return digest !== null && lists.some((list) => list?.byName?.has(tag)) ? 'digest_differs' : 'tag_missing'
}

function judge(
  line: number,
  reference: Reference,
  paths: readonly string[],
  tags: ReadonlyMap<string, RepositoryTags | null>,
): Line {
  if (paths.length === 0) return { line, state: 'unknown', reason: 'repository_missing', images: [] }
  const lists = paths.map((path) => tags.get(path) ?? null)
  const images = lists.flatMap((list) => (list ? findIn(reference, list) : []))
  const [first, ...more] = images
  if (!first) return { line, state: 'unknown', reason: reasonOf(reference, lists), images: [] }
  if (more.length === 0) return { line, state: 'found', reason: null, images }
  const isOne = new Set(images.map(({ repository }) => repository)).size === 1
  return { line, state: 'ambiguous', reason: isOne ? 'several_tags' : 'several_organizations', images }
}

/** An index of what the account has. */
async function indexOf(actor: Actor, connection: string, fresh: boolean) {
  const { value, at } = await repositoryNames(actor, connection, fresh)
  const byRepository = new Map<string, string[]>()
  for (const name of value.rows) {
    const repository = splitPath(name)?.repository ?? ''
    const same = byRepository.get(repository)
    if (same) same.push(name)
    else byRepository.set(repository, [name])
  }
  return { names: new Set(value.rows), byRepository, at }
}

/** Reads pasted lines and looks each up. Blank lines are left out. Throws what SWR answered for the list of repositories. */
export async function lookUp(actor: Actor, connection: string, lines: readonly string[]) {
  const read = lines.map((text, line) => ({ line, reading: readReference(text) }))
  const references = read.flatMap(({ line, reading }) =>
    reading.state === 'read' ? [{ line, reference: reading.reference }] : [],
  )
  const find = async (fresh: boolean) => {
    const { names, byRepository, at } = await indexOf(actor, connection, fresh)
    const asked = references.map(({ line, reference }) => ({
      line,
      reference,
      paths: meant(reference.path, names, byRepository),
    }))
    return { asked, at }
  }
  let known = await find(false)
  // It may have been pushed a moment ago.
  if (known.asked.some(({ paths }) => paths.length === 0)) known = await find(true)
  const { asked, at } = known
  const paths = new Set(asked.flatMap((each) => each.paths))
  const { tags, ages } = await tagLists(actor, connection, paths)
  const isFound = ({ reference, paths: of }: (typeof asked)[number]) =>
    of.some((path) => {
      const list = tags.get(path)
      return list && findIn(reference, list).length > 0
    })
  const unfound = new Set(asked.filter((each) => !isFound(each)).flatMap((each) => each.paths))
  const again = await tagLists(actor, connection, unfound, { maxAgeMs: 0 })
  const lists = new Map([...tags, ...again.tags])
  const slices = slicesWithoutEnd()
  const found = new Map<number, Line>()
  const seen = new Set<string>()
  for (const { line, reference, paths: of } of asked) {
    if (slices.isOver()) await slices.breathe()
    const judged = judge(line, reference, of, lists)
    const [image] = judged.images
    const key = image && `${image.repository}:${image.tag}`
    const isRepeated = judged.state === 'found' && key !== undefined && seen.has(key)
    if (judged.state === 'found' && key) seen.add(key)
    found.set(line, isRepeated ? { ...judged, state: 'repeated' } : judged)
  }
  const told = read.flatMap(({ line, reading }): Line[] => {
    if (reading.state === 'unreadable') return [{ line, state: 'unreadable', reason: reading.reason, images: [] }]
    const judged = found.get(line)
    return judged ? [judged] : []
  })
  return { at: oldest([{ at }, ...ages, ...again.ages]), lines: told }
}

export const referenceHandlers: ConsoleHandlers<'syncReferenceRead'> = {
  syncReferenceRead: ({ actor, params: { connection }, body: { lines } }) => lookUp(actor, connection, lines),
}
