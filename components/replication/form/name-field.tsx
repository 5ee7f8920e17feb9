'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useWatch } from 'react-hook-form'
import { TextField } from '@/components/form/fields'
import type { Replication } from '@/lib/contract/swr/replication'
import { apiQuery } from '@/lib/query/client'
import { type InstanceLocation, routes } from '@/lib/routes'
import type { ReplicationFormApi } from '../../match/replication-form-api'
import { useSettled } from '../../match/use-settled'

const afterTypingMs = 400

/** The name, and whether another policy has it already: said while it is typed, decided by SWR. */
export function NameField({
  at,
  form: { control },
  original,
}: {
  at: InstanceLocation
  form: ReplicationFormApi
  original: Replication | undefined
}) {
  const t = useTranslations('replicationForm')
  const typed = useWatch({ control, name: 'name' }).trim()
  const name = useSettled(typed, typed, afterTypingMs) ?? ''
  const isNew = name !== '' && name !== original?.name
  const params = { instance_id: at.instance }
  const query = { offset: 0, limit: 100, name }
  const found = useQuery({
    ...apiQuery('replicationList', { params: { connection: at.connection, ...params }, query }),
    enabled: isNew,
  })
  const other = isNew && name === typed ? found.data?.policies.find((each) => each.name === name) : undefined
  return (
    <TextField
      control={control}
      name="name"
      label={t('name')}
      hint={
        <>
          {t('nameHint')}
          <span aria-live="polite" className="block text-warn empty:hidden">
            {other?.id !== undefined &&
              other.id !== original?.id &&
              t.rich('nameTaken', {
                link: () => (
                  <Link
                    href={routes.replicationPolicy(at, Number(other.id))}
                    target="_blank"
                    prefetch={false}
                    className="underline"
                  >
                    #{other.id}
                  </Link>
                ),
              })}
          </span>
        </>
      }
      required
    />
  )
}
