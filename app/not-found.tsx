import type { Metadata } from 'next'
import { headers } from 'next/headers'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { Shell } from '@/components/shell/shell'
import { buttonClass } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { actorFrom } from '@/lib/auth/actor'
import { routes } from '@/lib/routes'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('common.notFound')
  return { title: t('title') }
}

export default async function NotFound() {
  const [t, asked] = await Promise.all([getTranslations('common.notFound'), headers()])
  const actor = await actorFrom(new Headers(asked)).catch(() => null)
  return (
    <Shell actor={actor}>
      <h1 className="sr-only">{t('title')}</h1>
      <Empty
        title={t('title')}
        action={
          <Link href={routes.home()} prefetch={false} className={buttonClass('primary')}>
            {t('home')}
          </Link>
        }
      >
        {t('text')}
      </Empty>
    </Shell>
  )
}
