'use client'

import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import {
  ArrowLeftRight,
  Box,
  Clock3,
  LayoutGrid,
  List,
  ListChecks,
  Lock,
  type LucideIcon,
  Menu,
  RefreshCw,
  ScrollText,
  Server,
  Settings,
  Users,
} from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useFormatter, useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { Button } from '@/components/ui/button'
import { preferenceCookies } from '@/lib/i18n/locale'
import { apiQuery } from '@/lib/query/client'
import { useCached } from '@/lib/query/use-cached'
import { type InstanceLocation, routes } from '@/lib/routes'
import type { NavPlace } from '../context/location'
import { AccountMenu } from './account-menu'
import { lastInstanceText } from './last-instance'
import { setPreference } from './preference'

function Item({
  href,
  icon: Icon,
  count,
  exact,
  children,
}: {
  href: Route
  icon: LucideIcon
  count?: number | undefined
  exact?: boolean
  children: string
}) {
  const path = usePathname()
  const format = useFormatter()
  const here = exact ? path === href : path === href || path.startsWith(`${href}/`)
  return (
    <li>
      <Link
        href={href}
        prefetch={false}
        aria-current={here ? 'page' : undefined}
        className={clsx(
          'flex items-center gap-2.5 rounded-md px-2 py-1.5',
          here ? 'bg-surface font-medium text-ink ring-1 ring-line ring-inset' : 'text-ink-2 hover:text-ink',
        )}
      >
        <Icon aria-hidden size={16} strokeWidth={1.5} />
        {children}
        {count !== undefined && <span className="ml-auto text-xs text-ink-3 tabular-nums">{format.number(count)}</span>}
      </Link>
    </li>
  )
}

/** How many of each an instance has; what is created or deleted on this page counts at once. */
function useCounts(connection: string | undefined, instance: string | undefined) {
  const { data } = useQuery({
    ...apiQuery('instanceStatistics', { params: { connection: connection ?? '', instance_id: instance ?? '' } }),
    enabled: connection !== undefined && instance !== undefined,
    // They are a courtesy: nothing asks for them again but a write.
    staleTime: Number.POSITIVE_INFINITY,
  })
  return data
}

/** With the number of findings where this tab has looked already: looking reads a whole instance, and is not for every page. */
function ChecksItem({ at }: { at: InstanceLocation }) {
  const t = useTranslations('common')
  const input = { params: { connection: at.connection, instance_id: at.instance } }
  const data = useCached('checkList', input)
  return (
    <Item
      href={routes.checks(at)}
      icon={ListChecks}
      count={data && data.findings.filter(({ muted }) => muted === null).length + data.more}
    >
      {t('nav.checks')}
    </Item>
  )
}

const headingClass = 'mt-3.5 mb-1 px-2 text-xs font-medium text-ink-3'

/** Main navigation: a column beside the page, on narrow screens a menu above it. */
export function SideNav({ place }: { place: NavPlace }) {
  const t = useTranslations('common')
  const path = usePathname()
  // Open for this page only: following a link closes it.
  const [openAt, setOpenAt] = useState<string | null>(null)
  const open = openAt === path
  const { connection, instance } = place
  const counts = useCounts(connection?.id, instance?.id)
  const at: InstanceLocation | null =
    connection && instance ? { connection: connection.id, instance: instance.id } : null
  // Screens beside the instances then still lead back to this one.
  const kept = lastInstanceText(place)
  useEffect(() => {
    if (kept) setPreference(preferenceCookies.instance, kept)
  }, [kept])
  return (
    <nav
      aria-label={t('nav.label')}
      className="flex flex-col border-line border-b bg-sunken p-2 md:sticky md:top-0 md:h-dvh md:overflow-y-auto md:border-r md:border-b-0 md:px-2 md:py-3"
    >
      <div className="flex items-center gap-2">
        <Link
          href={routes.home()}
          prefetch={false}
          className="flex min-w-0 flex-1 items-center gap-2.5 rounded-md border border-line bg-surface p-2"
        >
          <span className="grid size-7 shrink-0 place-items-center rounded-md bg-ink text-bg">
            <ArrowLeftRight aria-hidden size={16} strokeWidth={1.75} />
          </span>
          <span className="min-w-0">
            <b className="block truncate font-semibold leading-4.5">
              {instance?.name ?? connection?.name ?? t('product')}
            </b>
            {connection && (
              <small className="block truncate text-xs text-ink-3">
                {connection.region} · {t(instance ? 'edition.enterprise' : 'edition.basic')}
              </small>
            )}
          </span>
        </Link>
        <Button
          className="md:hidden"
          size="icon"
          aria-label={t('menu')}
          aria-expanded={open}
          aria-controls="main-nav"
          onClick={() => setOpenAt(open ? null : path)}
        >
          <Menu aria-hidden size={16} />
        </Button>
      </div>
      <div id="main-nav" className={clsx('mt-3 flex-1 flex-col md:flex', open ? 'flex' : 'hidden')}>
        <ul className="flex flex-col gap-0.5">
          <Item href={routes.home()} icon={List} exact>
            {t('nav.instances')}
          </Item>
          {at && (
            <>
              <Item href={routes.instance(at)} icon={LayoutGrid} exact>
                {t('nav.overview')}
              </Item>
              <Item href={routes.replication(at)} icon={ArrowLeftRight} count={counts?.replica_policy_count}>
                {t('nav.replication')}
              </Item>
              <Item href={routes.retention(at)} icon={Clock3} count={counts?.retention_policy_count}>
                {t('nav.retention')}
              </Item>
              <Item href={routes.immutable(at)} icon={Lock}>
                {t('nav.immutable')}
              </Item>
              <Item href={routes.registries(at)} icon={Server} count={counts?.replica_registry_count}>
                {t('nav.registries')}
              </Item>
              <ChecksItem at={at} />
            </>
          )}
        </ul>
        {connection && (
          <>
            <h3 className={headingClass}>{t('nav.basic')}</h3>
            <ul className="flex flex-col gap-0.5">
              <Item href={routes.sync(connection.id)} icon={RefreshCw}>
                {t('nav.sync')}
              </Item>
              <Item href={routes.basicRetention(connection.id)} icon={Clock3}>
                {t('nav.basicRetention')}
              </Item>
            </ul>
          </>
        )}
        <h3 className={headingClass}>{t('nav.console')}</h3>
        <ul className="flex flex-col gap-0.5">
          <Item href={routes.inUse()} icon={Box}>
            {t('nav.inUse')}
          </Item>
          <Item href={routes.audit()} icon={ScrollText}>
            {t('nav.audit')}
          </Item>
          <Item href={routes.users()} icon={Users}>
            {t('nav.users')}
          </Item>
          <Item href={routes.settings()} icon={Settings}>
            {t('nav.settings')}
          </Item>
        </ul>
        <div className="mt-auto pt-3">
          <AccountMenu />
        </div>
      </div>
    </nav>
  )
}
