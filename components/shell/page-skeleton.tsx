import { useTranslations } from 'next-intl'
import { Skeleton } from '@/components/ui/skeleton'

/** The shape of a page whose first look takes long: its header, and cards of a few lines. */
export function PageSkeleton({ cards }: { cards: readonly number[] }) {
  const t = useTranslations('common')
  return (
    <div role="status" aria-busy>
      <span className="sr-only">{t('loading')}</span>
      <div className="flex min-h-13 items-center">
        <Skeleton className="w-44" />
      </div>
      <div className="mt-2 mb-4">
        <Skeleton className="my-1.5 h-4 w-48" />
        <Skeleton className="block w-96 max-w-full" />
      </div>
      <div className="flex flex-col gap-5">
        {cards.map((lines, card) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same shape every time
          <div key={card} className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-4">
            <Skeleton className="h-4 w-60" />
            {Array.from({ length: lines }, (_, line) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same shape every time
              <Skeleton key={line} className={line % 2 ? 'w-2/3' : 'w-full'} />
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}
