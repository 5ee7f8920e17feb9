import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { type InstanceAt, routes } from '@/lib/routes'
import { type Crumb, PageHeader } from './page-header'

/** Header of an instance's page: its way begins with the instance, whose name the navigation shows. */
export function InstanceCrumbs({
  at,
  between = [],
  ...header
}: {
  at: InstanceAt
  between?: readonly Crumb[]
  title: string
  lead?: ReactNode
  actions?: ReactNode
}) {
  const t = useTranslations('common')
  return <PageHeader crumbs={[{ label: t('instanceCrumb'), href: routes.instance(at) }, ...between]} {...header} />
}
