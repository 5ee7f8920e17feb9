import type { Route } from 'next'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Fragment, type ReactNode } from 'react'

export interface Crumb {
  readonly label: string
  readonly href: Route
}

/** Where one is, what this page is, and the acts that concern all of it. */
export function PageHeader({
  crumbs,
  title,
  status,
  lead,
  actions,
}: {
  crumbs: readonly Crumb[]
  title: string
  /** Stands beside the title. */
  status?: ReactNode
  lead?: ReactNode
  actions?: ReactNode
}) {
  const t = useTranslations('common')
  return (
    <header>
      <div className="flex min-h-13 items-center gap-3 text-ink-3">
        <nav aria-label={t('crumbs')} className="flex min-w-0 flex-wrap items-center gap-x-2 wrap-anywhere">
          {crumbs.map((crumb) => (
            <Fragment key={crumb.href}>
              <Link href={crumb.href} prefetch={false} className="py-0.5 hover:text-ink">
                {crumb.label}
              </Link>
              <span aria-hidden>/</span>
            </Fragment>
          ))}
          <span aria-current="page" className="text-ink">
            {title}
          </span>
        </nav>
      </div>
      <div className="mt-2 mb-4 flex flex-wrap items-end gap-x-3 gap-y-2">
        <div className="min-w-0 grow basis-60">
          <div className="flex flex-wrap items-center gap-x-3">
            <h1 className="wrap-anywhere">{title}</h1>
            {status}
          </div>
          {lead && <div className="text-ink-2 wrap-anywhere">{lead}</div>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2 print:hidden">{actions}</div>}
      </div>
    </header>
  )
}
