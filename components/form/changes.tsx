'use client'

import { useTranslations } from 'next-intl'
import type { Difference } from '@/lib/policy/differences'

/** Differences field by field; of something new only what it says. `labels` are for others than before and after. */
export function Changes({
  label,
  changes,
  isNew = false,
  labels,
  focusable = false,
}: {
  label: string
  changes: readonly Difference[]
  isNew?: boolean
  labels?: { readonly before: string; readonly after: string }
  /** Takes the focus when a dialog opens with it: the first thing to read, and what is long begins at its top. */
  focusable?: boolean
}) {
  const t = useTranslations('form')
  return (
    <section
      aria-label={label}
      tabIndex={focusable ? 0 : undefined}
      className="rounded-md border border-line bg-surface"
    >
      <table className="w-full table-fixed border-collapse wrap-anywhere">
        <thead>
          <tr className="text-left text-ink-3 text-xs">
            <th scope="col" className="px-2 py-1.5 sm:px-3 font-medium">
              {t('field')}
            </th>
            {!isNew && (
              <th scope="col" className="px-2 py-1.5 font-medium sm:px-3">
                {labels?.before ?? t('before')}
              </th>
            )}
            <th scope="col" className="px-2 py-1.5 font-medium sm:px-3">
              {labels?.after ?? t(isNew ? 'value' : 'after')}
            </th>
          </tr>
        </thead>
        <tbody className="font-mono text-xs">
          {changes.map((change) => (
            <tr key={change.path} className="border-line border-t align-top">
              <th scope="row" className="px-2 py-1.5 sm:px-3 text-left font-normal">
                {change.path}
              </th>
              {!isNew && <td className="px-2 py-1.5 text-ink-2 sm:px-3">{show(change.before)}</td>}
              <td className="px-2 py-1.5 sm:px-3">{show(change.after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const show = (value: unknown) =>
  value === undefined ? '–' : typeof value === 'string' ? value || '""' : JSON.stringify(value)
