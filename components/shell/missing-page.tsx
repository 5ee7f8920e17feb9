import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { buttonClass } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { routes } from '@/lib/routes'
import type { ShownActor } from '../context/actor'
import { Shell } from './shell'

export function MissingPage({ actor }: { actor: ShownActor | null }) {
  const t = useTranslations('common.notFound')
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
