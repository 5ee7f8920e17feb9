import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Shell } from '@/components/shell/shell'
import { buttonClass } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { routes } from '@/lib/routes'

export default function NotFound() {
  const t = useTranslations('common.notFound')
  return (
    <Shell>
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
