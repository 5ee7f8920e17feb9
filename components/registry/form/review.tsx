'use client'

import { useTranslations } from 'next-intl'
import type { ComponentProps } from 'react'
import { ReviewDialog } from '@/components/diff/review-dialog'
import { wire } from '@/lib/contract/swr/operations'
import type { Registry, RegistryBody } from '@/lib/contract/swr/registry'
import { withoutSecret } from '@/lib/policy/registry/form'
import { asRequest } from '@/lib/policy/registry/request'
import type { InstanceAt } from '@/lib/routes'

/** The last look before a save. The secret that will be sent is not shown again. */
export function RegistryReview({
  at,
  was,
  body,
  ...rest
}: Omit<ComponentProps<typeof ReviewDialog>, 'review'> & {
  at: InstanceAt
  was: Registry | undefined
  body: RegistryBody
}) {
  const t = useTranslations('registry')
  const f = useTranslations('form')
  const operation = was ? wire.registryUpdate : wire.registryCreate
  return (
    <ReviewDialog
      {...rest}
      review={{
        title: f(`reviewTitle.${was ? 'update' : 'create'}`, { name: body.name ?? '' }),
        method: operation.method,
        path: operation.path.replace('{instance_id}', at.instance).replace('{registry_id}', String(was?.id)),
        before: was && asRequest(was),
        body: withoutSecret(body),
        act: was ? f('save') : t('form.create'),
      }}
    />
  )
}
