'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useActor } from '@/components/context/actor'
import { Note } from '@/components/ui/alert'
import { routes } from '@/lib/routes'

/** Nobody could confirm: says so, and how to go on. */
export function NoOtherAdmin({ className = 'mt-3' }: { className?: string }) {
  const t = useTranslations('retentionRuns.limits')
  const isAdmin = useActor()?.role === 'admin'
  return (
    <Note tone="bad" className={className}>
      <p className="font-medium text-base">{t('noOtherAdmin')}</p>
      <p className="mt-0.5">
        {isAdmin
          ? t.rich('inviteAdmin', {
              users: (text) => (
                <Link href={routes.users()} prefetch={false} className="underline">
                  {text}
                </Link>
              ),
            })
          : t('askForAdmin')}
      </p>
    </Note>
  )
}
