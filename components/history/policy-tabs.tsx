'use client'

import clsx from 'clsx'
import type { Route } from 'next'
import Link from 'next/link'
import { useTranslations } from 'next-intl'

export interface PolicyTab {
  readonly label: string
  readonly href: Route
  readonly here: boolean
}

/** Views of one policy: each is an address of its own. */
export function PolicyTabs({ tabs }: { tabs: readonly PolicyTab[] }) {
  const t = useTranslations('history')
  return (
    <nav aria-label={t('tabs')} className="mb-4 flex gap-4 border-line border-b">
      {tabs.map(({ label, href, here }) => (
        <Link
          key={href}
          href={href}
          prefetch={false}
          aria-current={here ? 'page' : undefined}
          className={clsx(
            '-mb-px border-b-2 px-1 py-1.5',
            here ? 'border-ink font-medium' : 'border-transparent text-ink-2 hover:text-ink',
          )}
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}
