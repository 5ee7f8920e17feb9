'use client'

import { RefreshCw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Ago } from '@/components/shell/relative-time'
import { Button } from '@/components/ui/button'

/** How old the list is, and a way to have it anew. */
export function Refresh({ at, busy, onRefresh }: { at: number; busy: boolean; onRefresh: () => void }) {
  const t = useTranslations('common')
  return (
    <span className="flex items-center gap-1 whitespace-nowrap text-ink-3 text-sm">
      {at > 0 && <span>{t.rich('refreshed', { ago: () => <Ago time={new Date(at).toISOString()} /> })}</span>}
      <Button look="ghost" size="icon" aria-label={t('refresh')} disabled={busy} onClick={onRefresh}>
        <RefreshCw aria-hidden size={16} className={busy ? 'animate-spin' : undefined} />
      </Button>
    </span>
  )
}
