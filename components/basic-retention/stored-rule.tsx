'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { GatedButton, ReasonedButton } from '@/components/shell/permission-button'
import { Note } from '@/components/ui/alert'
import type { ConsoleOutput } from '@/lib/contract/console/schemas'
import { DeleteRule } from './delete-rule'
import type { BasicPlace } from './queries'

type Retention = NonNullable<ConsoleOutput<'basicRetentionShow'>['retention']>

/** A rule that the form cannot hold, or several: as SWR holds them. A write would drop what nobody sees here. */
export function StoredRule({ place, retention }: { place: BasicPlace; retention: Retention }) {
  const t = useTranslations('basicRetention')
  const [isDeleting, setDeleting] = useState(false)
  const { others, raw, content } = retention
  return (
    <section aria-labelledby="stored-rule" className="mb-8">
      <h2 id="stored-rule" className="mb-2">
        {t('rule')}
      </h2>
      <Note tone="warn" className="mb-3">
        {others > 0 ? t('others', { count: others }) : t('unreadable')}
      </Note>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="mb-3 max-h-72 overflow-auto rounded-md border border-line bg-sunken p-3 font-mono text-xs"
      >
        {JSON.stringify(raw, null, 2)}
      </pre>
      {others > 0 ? (
        <ReasonedButton look="danger" reason={t('severalStay')}>
          {t('remove')}
        </ReasonedButton>
      ) : (
        <GatedButton operation="basicRetentionRemove" look="danger" onClick={() => setDeleting(true)}>
          {t('remove')}
        </GatedButton>
      )}
      {isDeleting && <DeleteRule place={place} was={content} onClose={() => setDeleting(false)} />}
    </section>
  )
}
