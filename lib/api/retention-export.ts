import 'server-only'
import { z } from 'zod'
import { actorFrom } from '../auth/actor'
import type { Actor } from '../contract/actor'
import { consoleRoutes } from '../contract/console/operations'
import type { RetentionImage } from '../contract/console/retention-runs'
import type { ConsoleInput } from '../contract/console/schemas'
import { paramSchemas } from '../contract/params'
import { ProblemError, problemOf } from '../contract/problem'
import { allows } from '../contract/roles'
import { callConsole } from './console'
import { toCsv } from './csv'
import { textStream } from './text-stream'

type Params = Readonly<Record<string, string>>

const filters = ['all', 'delete', 'keep', 'unknown', 'differs', 'in_use', 'failed'] as const
const query = z.strictObject({
  filter: z.enum(filters).optional(),
  search: z.string().max(256).optional(),
  repository: z.string().max(512).optional(),
})

const place = {
  connection: paramSchemas.connection,
  instance_id: paramSchemas.instance_id,
  namespace_name: paramSchemas.namespace_name,
  policy_id: paramSchemas.policy_id,
}

/** As many as one answer holds. */
const pageRows = 500

const shared = [
  'repository',
  'tags',
  'digest',
  'size',
  'pushed',
  'pulled',
  'swr',
  'ours',
  'rule',
  'because',
  'immutable',
] as const
const columns = {
  'dry-run': [...shared, 'differs', 'inUse'],
  run: [...shared, 'inUse', 'copy', 'copyText', 'restore', 'restoreText'],
} as const satisfies Record<string, readonly (keyof RetentionImage)[]>

/** Rules are counted from 1, as on the screen. */
const lineOf = (image: RetentionImage) => ({
  ...image,
  tags: image.tags.join(' '),
  inUse: image.inUse.join(' '),
  rule: image.rule === null ? '' : image.rule + 1,
  immutable: image.immutable ?? '',
})

interface Source {
  readonly name: string
  readonly columns: readonly string[]
  readonly page: (
    view: z.output<typeof query> & { offset: number; limit: number },
  ) => Promise<{ rows: readonly RetentionImage[]; total: number }>
}

function dryRunSource(actor: Actor, raw: Params): Source | null {
  const params = z.strictObject({ ...place, dry_run_id: paramSchemas.dry_run_id }).safeParse(raw).data
  if (!params) return null
  const ask = (asked: ConsoleInput<'retentionDryRunImageList'>) => callConsole(actor, 'retentionDryRunImageList', asked)
  return {
    name: `dry-run-${params.dry_run_id}`,
    columns: columns['dry-run'],
    page: (view) => ask({ params, query: view }),
  }
}

function runSource(actor: Actor, raw: Params): Source | null {
  const params = z.strictObject({ ...place, retention_run_id: paramSchemas.retention_run_id }).safeParse(raw).data
  if (!params) return null
  const ask = (asked: ConsoleInput<'retentionRunImageList'>) => callConsole(actor, 'retentionRunImageList', asked)
  return {
    name: `retention-run-${params.retention_run_id}`,
    columns: columns.run,
    page: (view) => ask({ params, query: view }),
  }
}

/** The images that a list shows, all pages of them, read and written page by page. */
async function* lines(source: Source, view: z.output<typeof query>): AsyncGenerator<string> {
  for (let offset = 0; ; offset += pageRows) {
    const { rows, total } = await source.page({ ...view, offset, limit: pageRows })
    yield toCsv(rows.map(lineOf), source.columns, { first: offset === 0 })
    if (rows.length === 0 || offset + rows.length >= total) return
  }
}

const exporter =
  (sourceOf: (actor: Actor, params: Params) => Source | null) =>
  async (request: Request, context: { readonly params: Promise<Params> }): Promise<Response> => {
    try {
      const actor = await actorFrom(request.headers)
      if (!allows(actor.role, consoleRoutes.retentionRunImageList))
        throw new ProblemError({ status: 403, code: 'role_too_low' })
      const source = sourceOf(actor, await context.params)
      const asked = query.safeParse(Object.fromEntries(new URL(request.url).searchParams))
      if (!asked.success || !source) throw new ProblemError({ status: 422, code: 'invalid_request' })
      // The first page is read before the answer begins, so that a problem is told as one.
      const pieces = lines(source, asked.data)
      const first = await pieces.next()
      const all = async function* () {
        yield first.value ?? ''
        yield* pieces
      }
      return new Response(textStream(all()), {
        headers: {
          'content-type': 'text/csv; charset=utf-8; header=present',
          'content-disposition': `attachment; filename="${source.name}.csv"`,
          'cache-control': 'no-store',
        },
      })
    } catch (error) {
      const problem = problemOf(error)
      return Response.json(problem, { status: problem.status, headers: { 'cache-control': 'no-store' } })
    }
  }

/** Verdicts of a dry run as CSV. */
export const exportDryRun = exporter(dryRunSource)
/** What became of the images of a run as CSV. */
export const exportRetentionRun = exporter(runSource)
