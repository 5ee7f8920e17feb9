'use client'

import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'

/** Last resort for a mistake of the console itself; what SWR refuses is shown where it belongs. */
export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const t = useTranslations('common.crash')
  return (
    <main role="alert">
      <Empty
        title={t('title')}
        action={
          <Button look="primary" onClick={reset}>
            {t('retry')}
          </Button>
        }
      >
        {t('text')}
        {error.digest && <p className="mt-1 font-mono text-xs">{error.digest}</p>}
      </Empty>
    </main>
  )
}
