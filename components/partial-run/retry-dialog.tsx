'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { ScopedHow, useRoom } from '@/components/partial-run/explanation'
import { insteadOfPart, WholeRun } from '@/components/partial-run/run-whole'
import { ProblemPanel } from '@/components/shell/error-panel'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Dialog, DialogFoot } from '@/components/ui/dialog'
import { notify } from '@/components/ui/toast-store'
import type { Replication } from '@/lib/contract/swr/replication'
import type { Run } from '@/lib/contract/swr/runs'
import { selects } from '@/lib/policy/pattern/policy-filter'
import { ownQuery, useOwnMutation } from '@/lib/query/own'
import { type RunPlace, runInput } from '../run/search-params'
import { AgainList } from './retry-list'

const listed = 100

/** Says what is copied again and how, and starts it; the whole policy where that cannot be done. */
export function AgainDialog({
  at,
  run,
  policy,
  copied,
  onClose,
}: {
  at: RunPlace
  run: Run
  policy: Replication
  /** What was run again with success before, by repository. */
  copied: ReadonlyMap<string, ReadonlySet<string>>
  onClose: () => void
}) {
  const t = useTranslations('scoped.again')
  const c = useTranslations('common')
  const room = useRoom(at)
  const start = useOwnMutation('scopedRunStart', { stale: ['scopedRunList'] })
  const failed = useQuery(
    ownQuery('runTagList', { ...runInput(at), query: { offset: 0, limit: listed, phase: 'failed' } }),
  )
  const counts = failuresOf(run, copied)
  const total = [...counts.values()].reduce((sum, each) => sum + each, 0)
  const tags = (failed.data?.tags ?? []).filter(({ repository, tag }) => !copied.get(repository)?.has(tag))
  const takes = selects(policy)
  const left = tags.filter(({ repository, tag }) => !takes.repository(repository) || !takes.tag(tag)).length
  const code = start.error?.problem.code
  const impossible = room?.free === 0 || (code !== undefined && insteadOfPart.includes(code))
  // Beyond the first page nobody has looked whether the policy still selects them.
  const isCounted = run.tags.failed <= listed || left === 0
  const confirm = () =>
    start.mutate(
      {
        params: { connection: at.connection, instance_id: at.instance, policy_id: String(at.policy) },
        body: { execution: at.execution },
      },
      {
        onSuccess: () => {
          notify({ tone: 'ok', text: t('started', { id: String(at.execution) }) })
          onClose()
        },
      },
    )
  return (
    <Dialog title={t('title', { count: total })} onClose={onClose}>
      <p>{t('what', { tags: total, repositories: counts.size })}</p>
      <AgainList counts={counts} tags={tags} busy={failed.isPending} />
      {left > 0 && (
        <Note tone="warn" className="mt-3">
          {t('left', { count: left })}
        </Note>
      )}
      {!run.complete && <p className="mt-2 text-ink-2 text-sm">{t('incomplete')}</p>}
      <ScopedHow parts={counts.size} room={room} />
      {start.error && (
        <div className="mt-3">
          <ProblemPanel error={start.error} />
        </div>
      )}
      {impossible && <WholeRun at={at} policy={at.policy} onStarted={onClose} />}
      <DialogFoot>
        <Button onClick={onClose}>{c('cancel')}</Button>
        {!impossible && (
          <Button
            look="primary"
            aria-busy={start.isPending}
            // Truly disabled it would lose the focus of whoever pressed it.
            aria-disabled={start.isPending}
            onClick={() => start.isPending || confirm()}
          >
            {isCounted ? t('confirm', { count: Math.max(total - left, 0) }) : t('confirmAll')}
          </Button>
        )}
      </DialogFoot>
    </Dialog>
  )
}

/** Failed tags by repository, counted where each of them was read, without those that were copied since. */
function failuresOf({ tasks }: Run, copied: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { repository, tags } of tasks)
    if (tags && tags.failed > 0) counts.set(repository, (counts.get(repository) ?? 0) + tags.failed)
  for (const [repository, count] of counts) {
    const rest = count - (copied.get(repository)?.size ?? 0)
    if (rest > 0) counts.set(repository, rest)
    else counts.delete(repository)
  }
  return counts
}
