'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useWatch } from 'react-hook-form'
import { TextField } from '@/components/form/fields'
import { Chip } from '@/components/ui/code'
import { namespaceField } from '@/lib/policy/fields'
import { destinationOf } from '@/lib/policy/replication/destination'
import { apiQuery } from '@/lib/query/client'
import type { InstanceLocation } from '@/lib/routes'
import type { ReplicationFormApi } from '../../match/replication-form-api'
import { useMatches } from '../../match/use-matches'
import { useSettled } from '../../match/use-settled'

const afterTypingMs = 400

/** The namespace that is copied into: what it does to a name, and whether it exists where the policy copies to. */
export function NamespaceField({ at, form }: { at: InstanceLocation; form: ReplicationFormApi }) {
  const t = useTranslations('replicationForm')
  const { control } = form
  const typed = useWatch({ control, name: 'destNamespace' })
  const { matches } = useMatches(at, form)
  const [first = { name: 'payments/team/api' }] = matches?.repositories ?? []
  return (
    <TextField
      control={control}
      name="destNamespace"
      label={t('namespace')}
      optional
      mono
      hint={
        <>
          {t('namespaceHint')} <NamespaceState at={at} form={form} />
          <span className="mt-1 block">
            {t.rich('namespaceExample', {
              from: () => <Chip>{first.name}</Chip>,
              to: () => <Chip>{destinationOf({ dest_namespace: typed.trim() }, first.name)}</Chip>,
            })}
          </span>
        </>
      }
    />
  )
}

/** Whether the namespace that is typed exists at the target; where none is typed, that a missing one ends a run. */
function NamespaceState({ at, form: { control } }: { at: InstanceLocation; form: ReplicationFormApi }) {
  const t = useTranslations('replicationForm')
  const [direction, registry, text] = useWatch({ control, name: ['direction', 'registry', 'destNamespace'] })
  const typed = text.trim()
  const namespace = useSettled(typed, typed, afterTypingMs) ?? ''
  // Pulling copies into this instance, which has the number 0.
  const target = direction === 'pull' ? '0' : registry
  // SWR's namespaces have one part; what a Harbor calls a project may have a path, which no list here holds.
  const isOne = namespace !== '' && !namespace.includes('/') && namespaceField(namespace) === null
  const isAskable = isOne && namespace === typed && target !== ''
  const params = {
    connection: at.connection,
    instance_id: at.instance,
    registry_id: target,
    namespace_name: namespace,
  }
  const { data, isPending } = useQuery({ ...apiQuery('targetNamespaceShow', { params }), enabled: isAskable })
  if (!isAskable || (!data && !isPending)) return t(`namespaceMissing.${direction}`)
  const state = data?.state ?? 'checking'
  return (
    <span aria-live="polite" className={state === 'missing' ? 'text-warn' : undefined}>
      {t(`namespaceState.${state}`, { namespace, direction })}
    </span>
  )
}
