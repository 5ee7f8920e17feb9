'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ReasonField } from '@/components/form/reason-field'
import { useTypedName } from '@/components/form/typed-name'
import { DialogProblem } from '@/components/shell/dialog-problem'
import { ReasonedButton } from '@/components/shell/permission-button'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Dialog, DialogFoot } from '@/components/ui/dialog'
import { notify } from '@/components/ui/toast-store'
import type { Registry } from '@/lib/contract/swr/registry'
import { apiQuery, foundInstead, useApiWrite } from '@/lib/query/client'
import { type InstanceLocation, routes } from '@/lib/routes'
import { HealthStatus, useTypeName } from '../registry-name/registry-text'

/** Deletes a registry that no policy uses, after its name was typed: without its secret it cannot be made again. */
export function DeleteRegistry({
  at,
  registry: opened,
  onClose,
}: {
  at: InstanceLocation
  registry: Registry
  onClose: () => void
}) {
  const t = useTranslations('registry')
  const c = useTranslations('common')
  const typeName = useTypeName()
  // What is shown is what will be deleted: after a change by somebody else it is shown anew before it can be.
  const [registry, setRegistry] = useState(opened)
  const [reason, setReason] = useState('')
  const remove = useApiWrite('registryDelete', {
    stale: ['registryList', 'replicationList'],
  })
  const name = registry.name ?? `#${registry.id}`
  const typed = useTypedName(name, { label: t('delete.typed', { name }), differs: t('delete.differs') })
  const users = useQuery({
    ...apiQuery('replicationList', {
      params: { connection: at.connection, instance_id: at.instance },
      query: { offset: 0, limit: 100, registry_id: registry.id ?? 0 },
    }),
    staleTime: 0,
  })
  const policies = users.data?.policies ?? []
  const total = users.data?.total ?? policies.length
  const inUse = policies.length > 0
  const confirm = () => {
    if (remove.isPending || !typed.check()) return
    remove.mutate(
      {
        params: { connection: at.connection, instance_id: at.instance, registry_id: String(registry.id) },
        ifMatch: registry.content_hash,
        ...(reason.trim() && { reason: reason.trim() }),
      },
      {
        onError: ({ problem }) => {
          const found = problem.code === 'changed_meanwhile' && foundInstead<Registry>(problem)
          if (found) setRegistry(found)
        },
        onSuccess: () => {
          notify({ tone: 'ok', text: t('delete.done', { name }) })
          onClose()
        },
      },
    )
  }
  return (
    <Dialog title={t('delete.title', { name })} onClose={onClose}>
      <div className="flex flex-wrap items-center gap-x-3 text-ink-2">
        {typeName(registry.type)} <span className="font-mono text-xs wrap-anywhere">{registry.url}</span>
        <HealthStatus status={registry.status} />
      </div>
      {registry !== opened && (
        <Note tone="warn" className="mt-2">
          {t('delete.changed')}
        </Note>
      )}
      {users.isPending && <p className="mt-3 text-ink-3">{t('delete.looking')}</p>}
      {users.error && !users.data && (
        <Note tone="warn" className="mt-3">
          {t('delete.unknown')}
        </Note>
      )}
      {inUse && (
        <div className="mt-3">
          <p>{t('delete.inUse', { count: total })}</p>
          <ul aria-label={t('act.policies')} className="mt-2 max-h-60 overflow-y-auto rounded-md border border-line">
            {policies.map(({ id, name: policy, enabled }, index) => (
              <li key={id ?? `unreadable-${index}`} className="border-line border-b px-3 py-1.5 last:border-b-0">
                {id === undefined ? (
                  c('unreadableRow')
                ) : (
                  <Link
                    href={routes.replicationPolicy(at, id)}
                    prefetch={false}
                    className="underline hover:text-accent"
                  >
                    {policy ?? `#${id}`}
                  </Link>
                )}
                {enabled === false && <span className="text-ink-3"> · {t('delete.off')}</span>}
              </li>
            ))}
          </ul>
          {total > policies.length && (
            <p className="mt-1 text-ink-3">{t('delete.more', { count: total - policies.length })}</p>
          )}
        </div>
      )}
      {!users.isPending && !inUse && (
        <>
          <p className="mt-3">{t('delete.text')}</p>
          {typed.field}
          <ReasonField value={reason} onChange={setReason} />
        </>
      )}
      <DialogFoot notice={remove.error ? <DialogProblem error={remove.error} /> : null}>
        <Button onClick={onClose}>{c('cancel')}</Button>
        <ReasonedButton
          look="danger"
          reason={inUse ? t('delete.inUseReason') : users.isPending ? t('delete.looking') : undefined}
          aria-busy={remove.isPending}
          onClick={confirm}
        >
          {t('act.delete')}
        </ReasonedButton>
      </DialogFoot>
    </Dialog>
  )
}
