'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { ProblemPanel } from '@/components/shell/error-panel'
import { ReasonedButton } from '@/components/shell/permission-button'
import { Button } from '@/components/ui/button'
import { Chip } from '@/components/ui/code'
import { Dialog, DialogFoot } from '@/components/ui/dialog'
import { Checkbox, Input } from '@/components/ui/input'
import type { Registry } from '@/lib/contract/swr/registry'
import type { Replication } from '@/lib/contract/swr/replication'
import { type Copy, planCopies } from '@/lib/policy/replication/duplicate'
import { remoteOf } from '@/lib/policy/replication/request'
import { apiQuery } from '@/lib/query/client'
import { allRegistries } from '@/lib/query/queries'
import type { InstanceLocation } from '@/lib/routes'
import { RegistryTitle } from '../../registry-name/registry-title'
import { DuplicateResults } from './results'
import { useDuplicateSending } from './send'

/** The same policy for several registries at once; each copy has its own result, and those that failed are sent again. */
export function DuplicateReplication({
  at,
  policy,
  onClose,
}: {
  at: InstanceLocation
  policy: Replication
  onClose: () => void
}) {
  const t = useTranslations('policyPage')
  const c = useTranslations('common')
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const [pattern, setPattern] = useState('{policy}-{registry}')
  const { sent, busy, send } = useDuplicateSending(at, policy)
  const name = policy.name ?? `#${policy.id}`
  const registries = useQuery(apiQuery('registryList', allRegistries(at)))
  const left = useRoom(at)
  const taken = useTakenNames(at, name)
  const listed = (registries.data?.registries ?? []).flatMap((registry) =>
    registry.id ? [{ ...registry, id: registry.id, name: registry.name ?? `#${registry.id}` }] : [],
  )
  const copies = planCopies(
    name,
    pattern,
    listed.filter(({ id }) => chosen.has(id)),
    taken,
  )
  const failed = sent.filter(({ result }) => result.state === 'failed')
  const blocked =
    copies.length === 0
      ? t('several.chooseFirst')
      : copies.some(({ flaw }) => flaw !== null)
        ? t('several.nameFirst')
        : left !== null && copies.length > left.left
          ? t('several.tooMany')
          : undefined
  return (
    <Dialog title={t('several.title', { name })} onClose={onClose} wide>
      {sent.length > 0 ? (
        <DuplicateResults at={at} sent={sent} />
      ) : (
        <>
          <p>{t('several.lead')}</p>
          {left && (
            <p className={left.left < copies.length ? 'mt-2 text-bad' : 'mt-2 text-ink-2'}>
              {t('several.quota', left)}
            </p>
          )}
          {registries.error && !registries.data && (
            <div className="mt-3">
              <ProblemPanel error={registries.error} retry={() => registries.refetch()} />
            </div>
          )}
          <Choice
            registries={listed}
            own={remoteOf(policy).registry}
            copies={copies}
            onChange={(id, on) =>
              setChosen((before) => new Set(on ? [...before, id] : [...before].filter((each) => each !== id)))
            }
          />
          <Pattern value={pattern} onChange={setPattern} />
        </>
      )}
      <DialogFoot>
        <Button onClick={onClose}>{sent.length > 0 ? t('several.close') : c('cancel')}</Button>
        {sent.length === 0 ? (
          <ReasonedButton look="primary" reason={blocked} onClick={() => void send(copies)}>
            {t('several.create', { count: copies.length })}
          </ReasonedButton>
        ) : (
          failed.length > 0 &&
          !busy && (
            <Button look="primary" onClick={() => void send(failed)}>
              {t('several.again', { count: failed.length })}
            </Button>
          )
        )}
      </DialogFoot>
    </Dialog>
  )
}

function Choice({
  registries,
  own,
  copies,
  onChange,
}: {
  registries: readonly (Registry & { id: number })[]
  own: number | undefined
  copies: readonly Copy[]
  onChange: (id: number, on: boolean) => void
}) {
  const t = useTranslations('policyPage')
  const f = useTranslations('field')
  return (
    <fieldset className="mt-3">
      <legend className="mb-1 font-medium">{t('several.choose')}</legend>
      {registries.length === 0 && <p className="text-ink-3">{t('several.none')}</p>}
      <ul className="rounded-md border border-line empty:hidden">
        {registries.map((registry) => {
          const copy = copies.find((each) => each.registry === registry.id)
          return (
            <li key={registry.id} className="border-line border-b last:border-b-0">
              <div className="flex items-start gap-2 px-3 py-2">
                <Checkbox
                  id={`copy-to-${registry.id}`}
                  className="mt-0.5"
                  checked={copy !== undefined}
                  onChange={(event) => onChange(registry.id, event.target.checked)}
                />
                <span className="min-w-0">
                  <label htmlFor={`copy-to-${registry.id}`}>
                    <RegistryTitle registry={registry} />
                  </label>
                  {registry.id === own && <small className="block text-ink-3 text-xs">{t('several.own')}</small>}
                  {copy && <small className="block text-xs wrap-anywhere">{copy.name}</small>}
                  {copy?.flaw && <small className="block text-bad text-xs">{f(copy.flaw)}</small>}
                </span>
              </div>
            </li>
          )
        })}
      </ul>
    </fieldset>
  )
}

function Pattern({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const t = useTranslations('policyPage')
  const id = useId()
  return (
    <div className="mt-4">
      <label htmlFor={id} className="mb-1 block w-fit font-medium">
        {t('several.pattern')}
      </label>
      <Input id={id} value={value} aria-describedby={`${id}-hint`} onChange={(event) => onChange(event.target.value)} />
      <div id={`${id}-hint`} className="mt-1 text-ink-3 text-xs">
        {t.rich('several.patternHint', {
          policy: () => <Chip>{'{policy}'}</Chip>,
          registry: () => <Chip>{'{registry}'}</Chip>,
        })}
      </div>
    </div>
  )
}

/** How many more policies the quota allows; null while that is not known. */
function useRoom({ connection, instance }: InstanceLocation) {
  const { data } = useQuery(apiQuery('instanceStatistics', { params: { connection, instance_id: instance } }))
  const { replica_policy_count: count, replica_policy_quota: quota } = data ?? {}
  if (count === undefined || quota === undefined || quota <= 0) return null
  return { left: Math.max(0, quota - count), quota }
}

/** Names that begin like this one: copies are usually called after it. SWR refuses the others that are taken. */
function useTakenNames({ connection, instance }: InstanceLocation, name: string): readonly string[] {
  const { data } = useQuery(
    apiQuery('replicationList', {
      params: { connection, instance_id: instance },
      query: { offset: 0, limit: 100, name },
    }),
  )
  return (data?.policies ?? []).flatMap((policy) => policy.name ?? [])
}
