import 'server-only'
import { inTurns } from '../../concurrency'
import type { AutoSyncRule } from '../../contract/console/auto-sync'
import { type ProblemCode, problemOf } from '../../contract/problem'
import { splitPath } from '../../policy/sync/reference'
import { requestSwr } from '../../swr/client'
import type { ConsoleHandlers } from '../handler'
import { sourceKnowledge, targetKnowledge } from './checks'
import { repositoryNames } from './lists'

/** Repositories whose rules are read for one answer: a call each. */
const maxRepositories = 500
const maxParallelReads = 8

export const autoHandlers: ConsoleHandlers<'autoSyncRuleList' | 'syncTargetShow'> = {
  async syncTargetShow({ actor, params: { connection }, query: { region, organization, fresh } }) {
    const knowledge = await sourceKnowledge(actor, connection, fresh)
    const asked = { repositories: 0, fresh }
    const target = await targetKnowledge(actor, { connection, knowledge }, { region, organization }, asked)
    // No rule needs room: what its pushes need is not known yet.
    const checks = target.checks.filter(({ code }) => code !== 'quota')
    return { region, organization, connection: target.connection, checks }
  },
  async autoSyncRuleList({ actor, params: { connection }, query: { organization, repository } }) {
    const at = new Date().toISOString()
    const names = await repositoryNames(actor, connection, true)
    const inside = names.value.rows.flatMap((path) => {
      const parts = splitPath(path)
      return parts?.organization === organization && (!repository || parts.repository === repository)
        ? [parts.repository]
        : []
    })
    const wanted = inside.slice(0, maxRepositories)
    const rules: AutoSyncRule[] = []
    const counts = new Map<string, number>()
    const failed: { repository: string; code: ProblemCode }[] = []
    let refused: ProblemCode = 'unexpected'
    const left = await inTurns(wanted, maxParallelReads, async (name) => {
      try {
        const rows = await requestSwr(actor, connection, 'autoSyncList', {
          params: { namespace: organization, repository: name },
        })
        counts.set(name, rows.length)
        rules.push(
          ...rows.map(({ remoteRegionId, remoteNamespace, override, createdAt }) => ({
            repository: name,
            region: remoteRegionId ?? '',
            organization: remoteNamespace ?? '',
            overwrite: override ?? null,
            created: createdAt ?? null,
          })),
        )
        return true
      } catch (error) {
        const { code, key } = problemOf(error)
        failed.push({ repository: name, code })
        if (key !== undefined) refused = code
        return key === undefined
      }
    })
    // Of a connection that is refused altogether nobody has asked for the rest.
    for (const name of left) failed.push({ repository: name, code: refused })
    const order = new Map(wanted.map((name, index) => [name, index]))
    const place = ({ repository: name }: { repository: string }) => order.get(name) ?? 0
    return {
      at,
      rules: rules.toSorted((a, b) => place(a) - place(b)),
      repositories: inside.map((name) => ({ name, rules: counts.get(name) ?? null })),
      asked: wanted.length,
      failed: failed.toSorted((a, b) => place(a) - place(b)),
      complete: names.value.complete && wanted.length === inside.length && failed.length === 0,
    }
  },
}
