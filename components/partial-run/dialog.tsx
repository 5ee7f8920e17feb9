'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useId, useRef, useState } from 'react'
import { PartialRunExplanation, useRoom } from '@/components/partial-run/explanation'
import { insteadOfPart, WholeRun } from '@/components/partial-run/run-whole'
import { ProblemPanel } from '@/components/shell/error-panel'
import { Button } from '@/components/ui/button'
import { Dialog, DialogFoot } from '@/components/ui/dialog'
import { notify } from '@/components/ui/toast-store'
import type { Replication } from '@/lib/contract/swr/replication'
import { remoteOf } from '@/lib/policy/replication/request'
import { useApiWrite } from '@/lib/query/client'
import { type InstanceLocation, routes } from '@/lib/routes'
import {
  asScope,
  type Chosen,
  mostRepositories,
  refusedOf,
  tagsChosen,
  withoutRepository,
  withRepository,
  withTags,
} from './choice'
import { PartialRunItemCard } from './item'
import { showPartialRuns } from './list'
import { PartialRunRepositories } from './repositories'

/** Repositories and tags among those that a policy selects, run by short-lived policies. */
export function PartialRunDialog({
  at,
  policy,
  onClose,
}: {
  at: InstanceLocation
  policy: Replication
  onClose: () => void
}) {
  const t = useTranslations('partialRun.part')
  const [chosen, setChosen] = useState<Chosen[]>([])
  const s = useTranslations('partialRun')
  const router = useRouter()
  const field = useRef<HTMLInputElement>(null)
  const room = useRoom(at)
  const start = useApiWrite('partialRunStart', { stale: ['partialRunList'] })
  const name = policy.name ?? `#${policy.id}`
  const problem = start.error?.problem
  const refused = refusedOf(problem, start.variables?.body.scope ?? [])
  const missing = chosen.find(({ tags }) => tags.length === 0)
  const noRoom = room?.free === 0
  const impossible = noRoom || (problem !== undefined && insteadOfPart.includes(problem.code))
  const complaint = chosen.length === 0 ? t('empty') : missing ? t('untagged', { name: missing.repository }) : undefined
  const count = tagsChosen(chosen)
  const confirm = () => {
    if (start.isPending || complaint || policy.id === undefined) return
    start.mutate(
      {
        params: { connection: at.connection, instance_id: at.instance, policy_id: String(policy.id) },
        body: { scope: asScope(chosen) },
      },
      {
        onSuccess: () => {
          const show = () => showPartialRuns() || router.push(routes.replicationPartialRuns(at, Number(policy.id)))
          notify({
            tone: 'ok',
            text: t('started', { name }),
            action: { label: s('list.show'), run: () => void show() },
          })
          onClose()
        },
      },
    )
  }
  return (
    <Dialog title={t('title', { name })} onClose={onClose} wide>
      <p className="text-ink-2">{t('lead')}</p>
      <PartialRunRepositories
        at={at}
        policy={policy}
        taken={chosen.map(({ repository }) => repository)}
        field={field}
        onPick={(repository) => setChosen(withRepository(chosen, repository).slice(0, mostRepositories))}
      />
      <h3 className="mt-4 mb-1">{t('chosen')}</h3>
      {chosen.length === 0 && <p className="text-ink-3 text-sm">{t('noneChosen')}</p>}
      <ul className="flex flex-col gap-2">
        {chosen.map(({ repository, tags }) => (
          <li key={repository}>
            <PartialRunItemCard
              at={at}
              policy={policy}
              repository={repository}
              tags={tags}
              refused={refused.get(repository)}
              listed={remoteOf(policy).direction === 'push'}
              onTags={(next) => setChosen(withTags(chosen, repository, next))}
              onRemove={() => {
                setChosen(withoutRepository(chosen, repository))
                field.current?.focus()
              }}
            />
          </li>
        ))}
      </ul>
      {chosen.length >= mostRepositories && (
        <p className="mt-1 text-ink-3 text-xs">{t('most', { count: mostRepositories })}</p>
      )}
      <PartialRunExplanation parts={chosen.length} room={room} />
      {start.error && refused.size === 0 && (
        <div className="mt-3">
          <ProblemPanel error={start.error} />
        </div>
      )}
      {impossible && policy.id !== undefined && <WholeRun at={at} policy={policy.id} onStarted={onClose} />}
      <Foot complaint={complaint} pending={start.isPending} onClose={onClose}>
        {noRoom ? null : { label: t('confirm', { count }), act: confirm }}
      </Foot>
    </Dialog>
  )
}

function Foot({
  complaint,
  pending,
  onClose,
  children,
}: {
  complaint: string | undefined
  pending: boolean
  onClose: () => void
  children: { label: string; act: () => void } | null
}) {
  const c = useTranslations('common')
  const reason = useId()
  return (
    <DialogFoot>
      {complaint && (
        <p id={reason} className="flex-1 self-center text-ink-2 text-sm">
          {complaint}
        </p>
      )}
      <Button onClick={onClose}>{c('cancel')}</Button>
      {children && (
        // Truly disabled it would lose the focus of whoever pressed it.
        <Button
          look="primary"
          aria-busy={pending}
          aria-disabled={pending || complaint !== undefined}
          aria-describedby={complaint && reason}
          onClick={children.act}
        >
          {children.label}
        </Button>
      )}
    </DialogFoot>
  )
}
