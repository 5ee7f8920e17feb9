'use client'

import clsx from 'clsx'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { routes } from '@/lib/routes'

/** The parts of manual sync: each is an address of its own. */
export function SyncTabs({ connection }: { connection: string }) {
  const t = useTranslations('sync.tabs')
  const path = usePathname()
  const tabs = [
    { label: t('send'), href: routes.sync(connection) },
    { label: t('jobs'), href: routes.syncJobs(connection) },
    { label: t('auto'), href: routes.syncAuto(connection) },
  ]
  return (
    <nav aria-label={t('label')} className="mb-4 flex gap-4 overflow-x-auto border-line border-b">
      {tabs.map(({ label, href }) => (
        <Link
          key={href}
          href={href}
          prefetch={false}
          aria-current={path === href ? 'page' : undefined}
          className={clsx(
            '-mb-px whitespace-nowrap border-b-2 px-1 py-1.5',
            path === href ? 'border-ink font-medium' : 'border-transparent text-ink-2 hover:text-ink',
          )}
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}
