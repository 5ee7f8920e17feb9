'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { useFormatter, useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { chineseList } from '@/lib/i18n/chinese'
import { type InstanceLocation, routes } from '@/lib/routes'

/** Names in a sentence before the others are only counted. */
const most = 8

/** A name that leads to what it names; where one must not be led away it is only a name. */
export function FindingName({ to, children }: { to: Route | null; children: ReactNode }) {
  return to === null ? (
    <b className="font-medium wrap-anywhere">{children}</b>
  ) : (
    <Link href={to} prefetch={false} className="font-medium wrap-anywhere hover:text-accent hover:underline">
      {children}
    </Link>
  )
}

/** "a, b and 3 others", each with its link. */
export function FindingPolicies({
  at,
  policies,
  linked,
}: {
  at: InstanceLocation
  policies: readonly { id: number; name: string }[]
  linked: boolean
}) {
  const t = useTranslations('checks')
  const format = useFormatter()
  const locale = useLocale()
  const shown = policies.length > most + 1 ? policies.slice(0, most) : policies
  const names = shown.map(({ id, name }) => (
    <FindingName key={id} to={linked && id !== 0 ? routes.replicationPolicy(at, id) : null}>
      {name}
    </FindingName>
  ))
  const left = policies.length - shown.length
  const parts = [...names, ...(left > 0 ? [<span key="others">{t('others', { count: left })}</span>] : [])]
  return chineseList(parts, locale) ?? format.list(parts)
}
