'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Note } from '@/components/ui/alert'
import { buttonClass } from '@/components/ui/button'
import { routes } from '@/lib/routes'

/** It worked, and the way to sign in with it. */
export function Done({ children }: { children: ReactNode }) {
  const t = useTranslations('account')
  return (
    <>
      <Note tone="ok" role="status">
        {children}
      </Note>
      <Link href={routes.signIn()} prefetch={false} className={buttonClass('primary')}>
        {t('toSignIn')}
      </Link>
    </>
  )
}
