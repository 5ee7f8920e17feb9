import 'server-only'
import type { Actor } from '../../contract/actor'
import type { BasicDecisions, BasicRule } from '../../contract/console/basic-retention'
import { ProblemError } from '../../contract/problem'
import type { Db } from '../../db/schema'
import { decideBasic } from '../../policy/basic-retention/decide'
import { exceptionFlaw, isHeldException } from '../../policy/basic-retention/exception-flaws'
import { exceptionMatcher } from '../../policy/basic-retention/exceptions'
import { mostOf } from '../../policy/basic-retention/rule'
import { basicWarnings } from '../../policy/basic-retention/warnings'
import type { Ceiling } from '../../policy/retention-limits/ceiling'
import { shortHash } from '../../short-hash'
import { inUseOf } from '../in-use/in-use'
import { isAboveCeiling } from '../retention/real-run/doomed'
import { repositoryTags, repositoryTagsNow } from '../sync/lists'
import { slicesWithoutEnd } from '../time-slice'
import { type BasicPlace, nameOf } from './place'

/** Rows of an answer, what goes first; counts are of all. */
const mostRows = 10_000

const refuse = (path: string, code: string): [string, string] => [`body.rule.${path}`, code]

/**
 * Throws 422 for what SWR would refuse, or read in a way that nobody can tell beforehand, and for exceptions that keep nothing.
 * Those that SWR `held` before may stay: what nobody can read may hold any tag, which is unsure then.
 */
export function requireReadable({ template, amount, exceptions }: BasicRule, held: BasicRule | null): void {
  const broken = exceptions.flatMap((exception, index) => {
    if (isHeldException(held?.exceptions ?? [], exception)) return []
    const matcher = exceptionMatcher(exception)
    const flaw = typeof matcher === 'string' ? matcher : exceptionFlaw(exception)
    return flaw === null ? [] : [refuse(`exceptions.${index}.pattern`, flaw)]
  })
  if (amount > mostOf[template]) broken.push(refuse('amount', 'amount_large'))
  if (broken.length > 0)
    throw new ProblemError({ status: 422, code: 'invalid_request', fields: Object.fromEntries(broken) })
}

type Row = BasicDecisions['images'][number]

export interface Decided {
  readonly at: Date
  readonly complete: boolean
  /** Newest first. */
  readonly rows: readonly Row[]
  /** Clusters whose list of what runs is too old to be believed. */
  readonly old: readonly string[]
}

const millis = (text: string) => {
  const time = Date.parse(text)
  return Number.isNaN(time) ? null : time
}

export const goes = ({ decision }: Pick<Row, 'decision'>): boolean => decision !== 'keep'

/** What a rule does to the tags of a repository, beside what the saved one does. Throws what SWR answered. */
export async function decideRepository(
  { db, actor }: { readonly db: Db; readonly actor: Actor },
  place: BasicPlace,
  { rule, before, fresh }: { readonly rule: BasicRule; readonly before: BasicRule | null; readonly fresh: boolean },
): Promise<Decided> {
  const repository = nameOf(place)
  const listed = fresh ? repositoryTagsNow : repositoryTags
  const { value, at } = await listed(actor, place.connection, repository)
  if (!value.byName) throw new ProblemError({ status: 404, code: 'swr_not_found' })
  const images = [...value.byName.values()]
  const tags = images.map(({ tag, updated }) => ({ name: tag, updated: millis(updated) }))
  const now = Date.now()
  const slices = slicesWithoutEnd()
  const verdicts = await slices.finish(decideBasic(rule, tags, now))
  const saved = before && (await slices.finish(decideBasic(before, tags, now)))
  const { byImage, old } = await inUseOf(
    db,
    place.connection,
    images.map(({ tag, digest }) => ({ repository, digest, tags: [tag] })),
  )
  const rows = images.flatMap(({ tag, digest, size }, index): Row[] => {
    const [verdict, updated] = [verdicts[index], tags[index]?.updated ?? null]
    if (!verdict) return []
    return [
      {
        ...{ tag, digest, size },
        updated: updated === null ? null : new Date(updated).toISOString(),
        ...verdict,
        before: saved?.[index]?.decision ?? null,
        inUse: byImage[index] ?? [],
      },
    ]
  })
  return { at, complete: value.complete, rows, old }
}

/** Whether more goes than one admin may have deleted. */
export const isAboveLimits = ({ rows }: Pick<Decided, 'rows'>, limits: Ceiling): boolean =>
  isAboveCeiling({ deleted: rows.filter(goes).length, all: rows.length }, limits)

/** Says what goes, and by which rule: the same as long as nobody pushes or deletes what would change that. */
export function deletionsHash({ template, amount, exceptions }: BasicRule, { rows, complete }: Decided): string {
  const going = rows.filter(goes).map(({ tag, digest, decision }) => [tag, digest, decision])
  const said = exceptions.map(({ kind, pattern }) => [kind, pattern])
  return shortHash(JSON.stringify([template, amount, said, going.sort(), complete]))
}

/** What stands in the way of a rule because it runs, or may run, somewhere: each image by cluster, and lists that are too old. */
export const usedBy = ({ rows, old }: Pick<Decided, 'rows' | 'old'>) => ({
  running: rows.filter(goes).flatMap(({ tag, digest, inUse }) => inUse.map((cluster) => `${tag}@${digest} ${cluster}`)),
  // A rule that deletes nothing now runs again tomorrow, and this question is not asked then.
  old: [...old],
})

/** Says what goes, and what of it runs where besides: who accepts that images in use go accepts these. */
export function hashOf(rule: BasicRule, decided: Decided): string {
  const { running, old } = usedBy(decided)
  return shortHash(JSON.stringify([deletionsHash(rule, decided), running.toSorted(), old.toSorted()]))
}

const order = { delete: 0, unsure: 1, keep: 2 }

/** As a screen shows it. */
export function decisionsOf(place: BasicPlace, rule: BasicRule, decided: Decided, limits: Ceiling): BasicDecisions {
  const { rows } = decided
  const count = (wanted: Row['decision']) => rows.filter(({ decision }) => decision === wanted).length
  const warned = rows.map((row) => ({
    tag: row.tag,
    updated: row.updated === null ? null : Date.parse(row.updated),
    goes: goes(row),
    inUse: row.inUse.length > 0,
  }))
  return {
    at: decided.at.toISOString(),
    complete: decided.complete,
    keep: count('keep'),
    delete: count('delete'),
    unsure: count('unsure'),
    bytes: rows.filter(goes).reduce((sum, { size }) => sum + size, 0),
    images: rows.toSorted((a, b) => order[a.decision] - order[b.decision]).slice(0, mostRows),
    warnings: basicWarnings(nameOf(place), warned),
    old: [...decided.old],
    aboveCeiling: isAboveLimits(decided, limits),
    hash: hashOf(rule, decided),
  }
}
