'use client'

import clsx from 'clsx'
import { useTranslations } from 'next-intl'
import { useSyncExternalStore } from 'react'
import { useWatch } from 'react-hook-form'
import type { InstanceLocation } from '@/lib/routes'
import { filtersOfDraft } from './filters'
import { MatchCard } from './preview'
import type { ReplicationFormApi } from './replication-form-api'

// Where the column beside the form begins to be there (`xl`).
const wide = '(min-width: 80rem)'
const watch = (changed: () => void) => {
  const media = matchMedia(wide)
  media.addEventListener('change', changed)
  return () => media.removeEventListener('change', changed)
}

/** True where there is a column beside the form; undefined until the page is alive. */
const useWide = () =>
  useSyncExternalStore(
    watch,
    () => matchMedia(wide).matches,
    () => undefined,
  )

/**
 * What the filters match now, beside the form or below the filters, as there is room. It comes when the page is alive; its
 * room is kept, so that nothing moves then.
 */
export function MatchSlot({
  at,
  form,
  place,
}: {
  at: InstanceLocation
  form: ReplicationFormApi
  place: 'beside' | 'below'
}) {
  const t = useTranslations('matches')
  const shown = useWide() === (place === 'beside')
  const asking = useWatch({ control: form.control, compute: (draft) => filtersOfDraft(draft) !== undefined })
  const beside = place === 'beside'
  return (
    <section
      aria-label={t('title')}
      className={clsx(
        '@container rounded-lg border border-line bg-surface',
        beside ? 'hidden xl:block' : 'xl:hidden',
        // As high as its head, its numbers and six repositories, where something stands below it: many more move it little.
        asking ? 'min-h-56 xl:min-h-80' : 'min-h-28',
      )}
    >
      {shown && <MatchCard at={at} form={form} />}
    </section>
  )
}
