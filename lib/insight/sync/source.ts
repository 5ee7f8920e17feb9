import 'server-only'
import { problemOf } from '../../contract/problem'
import { changeCells, type SyncCellRow } from '../../db/sync-cells'
import { holdBack, type SyncContext, saidBy } from './send'
import { isPassing } from './tag-lists'
import { digestsOf, maxSingleTags, TooLong } from './verify'

/*
 * A plan pins digests, and what it has pinned may wait for hours: what the source holds is compared right before each call. A
 * tag that has moved meanwhile is not sent, since nobody has seen what it is now.
 */

/** Calls to several targets share what was read for the first of them. A tag that looks moved is looked at anew. */
const sharedMs = 10_000
const pauseSeconds = 1

type Digests = ReadonlyMap<string, string>
type Call = readonly SyncCellRow[]

const tagsIn = (cells: Call) => new Set(cells.map(({ tag }) => tag))

/** Why a cell must not be sent; null: the source holds what was planned. */
function objection({ tag, digest }: SyncCellRow, digests: Digests): 'source_missing' | 'source_moved' | null {
  const now = digests.get(tag)
  if (now === undefined) return 'source_missing'
  return now === digest ? null : 'source_moved'
}

/** What the source holds of the tags of some calls. */
export class Source {
  private readonly wanted = new Map<string, Set<string>>()
  private readonly kept = new Map<string, { readonly at: number; readonly reading: Promise<Digests> }>()

  constructor(
    private readonly context: SyncContext,
    calls: readonly Call[],
  ) {
    for (const { repository, tag } of calls.flat())
      this.wanted.set(repository, (this.wanted.get(repository) ?? new Set()).add(tag))
  }

  /**
   * Those cells of a call that may be sent. The others have failed by then and say why, or wait on while SWR turns the connection
   * back. Throws `Interrupted`.
   */
  async compare(call: Call): Promise<Call> {
    const digests = await this.digestsFor(call)
    if (!digests) return []
    const objections = call.map((cell) => objection(cell, digests))
    for (const reason of ['source_missing', 'source_moved'] as const) {
      const refused = call.filter((_, at) => objections[at] === reason)
      await this.fail(refused, { reason, swr: null })
    }
    return call.filter((_, at) => objections[at] === null)
  }

  /** Null when they could not be read, which its cells say, or wait for. */
  private async digestsFor(call: Call): Promise<Digests | null> {
    try {
      const digests = await this.read(call, sharedMs)
      return call.some((cell) => objection(cell, digests) !== null) ? await this.read(call, 0) : digests
    } catch (error) {
      this.context.check()
      if (await holdBack(this.context, error)) return null
      const problem = problemOf(error)
      const reason = error instanceof TooLong ? 'list_too_long' : problem.code
      await this.fail(call, { reason, swr: saidBy(problem) })
      return null
    }
  }

  private async fail(cells: Call, told: { readonly reason: string; readonly swr: SyncCellRow['swr'] }): Promise<void> {
    if (cells.length === 0) return
    const indexes = cells.map(({ index }) => index)
    await this.context.change((tx, version) =>
      changeCells(tx, this.context.job.id, indexes, ['waiting'], version, { state: 'failed', ...told }),
    )
  }

  /** Digests of a repository, read at most `maxAgeMs` ago, by whichever call was first. */
  private async read(call: Call, maxAgeMs: number): Promise<Digests> {
    const [first] = call
    if (!first) return new Map()
    const { repository } = first
    const known = this.kept.get(repository)
    try {
      if (known && Date.now() - known.at < maxAgeMs) return await known.reading
      const reading = this.ask(repository, this.wanted.get(repository) ?? tagsIn(call))
      this.kept.set(repository, { at: Date.now(), reading })
      return await reading
    } catch (error) {
      this.kept.delete(repository)
      if (!(error instanceof TooLong)) throw error
      return await this.oneByOne(call)
    }
  }

  /** Once more where it failed in passing: nothing has been sent yet. */
  private async ask(repository: string, tags: ReadonlySet<string>): Promise<Digests> {
    const { context } = this
    const place = { connection: context.job.connection, path: repository }
    try {
      return await digestsOf(context, place, tags)
    } catch (error) {
      context.check()
      const problem = problemOf(error)
      if (!isPassing(problem)) throw error
      await context.sleep(problem.retryAfter ?? pauseSeconds)
      return await digestsOf(context, place, tags)
    }
  }

  /** Tags of a list that is too long to be read whole. */
  private async oneByOne(call: Call): Promise<Digests> {
    const found = new Map<string, string>()
    const tags = [...tagsIn(call)]
    for (let at = 0; at < tags.length; at += maxSingleTags)
      for (const [tag, digest] of await this.ask(
        call[0]?.repository ?? '',
        new Set(tags.slice(at, at + maxSingleTags)),
      ))
        found.set(tag, digest)
    return found
  }
}
