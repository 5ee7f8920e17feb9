'use client'

import type { ReactNode } from 'react'
import { type InstanceLocation, routes } from '@/lib/routes'
import { usePlace } from '../context/location'
import { type Crumb, PageHeader } from './page-header'

/** Header of an instance's page: its way begins with the instance, by the name that the navigation shows. */
export function InstanceCrumbs({
  at,
  between = [],
  ...header
}: {
  at: InstanceLocation
  between?: readonly Crumb[]
  title: string
  status?: ReactNode
  lead?: ReactNode
  actions?: ReactNode
}) {
  const name = usePlace().instance?.name ?? at.instance
  return <PageHeader crumbs={[{ label: name, href: routes.instance(at) }, ...between]} {...header} />
}
