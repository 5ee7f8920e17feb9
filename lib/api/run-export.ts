import 'server-only'
import { z } from 'zod'
import { actorFrom } from '../auth/actor'
import { identity } from '../auth/identity'
import { consoleRoutes } from '../contract/console/operations'
import { paramSchemas } from '../contract/params'
import { ProblemError, problemOf } from '../contract/problem'
import { allows } from '../contract/roles'
import { tagPhases } from '../contract/swr/runs'
import { failureCauses } from '../contract/vocabulary'
import { runLocation, runWith } from '../insight/runs/run'
import { runText } from '../insight/runs/text'

const query = z.strictObject({
  format: z.enum(['text', 'json']),
  phase: z.enum(tagPhases).optional(),
  cause: z.enum(failureCauses).optional(),
  repository: z.string().max(512).optional(),
  q: z.string().max(256).optional(),
})
const params = z.strictObject({
  connection: paramSchemas.connection,
  instance_id: paramSchemas.instance_id,
  policy_id: paramSchemas.policy_id,
  execution_id: paramSchemas.execution_id,
})

const types = { text: 'text/plain; charset=utf-8', json: 'application/json; charset=utf-8' } as const
const extensions = { text: 'txt', json: 'json' } as const

/** A run as a file: what it did, why tags failed, and those of its tags that the list shows. */
export async function exportRun(
  request: Request,
  context: { readonly params: Promise<Readonly<Record<string, string>>> },
): Promise<Response> {
  try {
    const actor = await actorFrom(request.headers)
    if (!allows(actor.role, consoleRoutes.runTagList)) throw new ProblemError({ status: 403, code: 'role_too_low' })
    const path = params.safeParse(await context.params)
    const asked = query.safeParse(Object.fromEntries(new URL(request.url).searchParams))
    if (!asked.success || !path.success) throw new ProblemError({ status: 422, code: 'invalid_request' })
    const { format, ...filters } = asked.data
    const { run, tags, tasks } = await runWith(actor, await identity(), runLocation(path.data), filters)
    const body =
      format === 'json' ? `${JSON.stringify({ ...run, tasks, filters, listed: tags }, null, 2)}\n` : runText(run, tags)
    return new Response(body, {
      headers: {
        'content-type': types[format],
        'content-disposition': `attachment; filename="run-${path.data.execution_id}.${extensions[format]}"`,
        'cache-control': 'no-store',
      },
    })
  } catch (error) {
    const problem = problemOf(error)
    return Response.json(problem, { status: problem.status, headers: { 'cache-control': 'no-store' } })
  }
}
