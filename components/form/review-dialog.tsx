'use client'

import { useTranslations } from 'next-intl'
import { CopyButton } from '@/components/shell/copy-button'
import { ProblemPanel } from '@/components/shell/problem-panel'
import { Button } from '@/components/ui/button'
import { Dialog, DialogFoot } from '@/components/ui/dialog'
import { type Difference, differences } from '@/lib/policy/differences'

export interface Review {
  readonly title: string
  readonly method: string
  /** Path at SWR, for the eye: the project id stays on the server. */
  readonly path: string
  readonly before: unknown
  readonly body: unknown
  readonly act: string
}

/** The last look before a save: what changes, field by field, and the request that will be sent. */
export function ReviewDialog({
  review,
  mutation,
  onConfirm,
  onClose,
}: {
  review: Review
  mutation: { isPending: boolean; error: unknown }
  onConfirm: () => void
  onClose: () => void
}) {
  const t = useTranslations('form')
  const json = JSON.stringify(review.body, null, 2)
  return (
    <Dialog title={review.title} onClose={onClose} wide>
      <h3 className="mb-1">{t('changes')}</h3>
      <Changes changes={differences(review.before, review.body)} isNew={review.before === undefined} />
      <div className="mt-4 mb-1 flex items-end justify-between gap-2">
        <h3>{t('request')}</h3>
        <CopyButton text={json} />
      </div>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-72 overflow-auto rounded-md border border-line bg-sunken p-3 font-mono text-xs"
      >
        {`${review.method} ${review.path}\n\n${json}`}
      </pre>
      {review.before !== undefined && <p className="mt-1 text-ink-3 text-xs">{t('unknownKept')}</p>}
      {Boolean(mutation.error) && (
        <div className="mt-3">
          <ProblemPanel error={mutation.error} />
        </div>
      )}
      <DialogFoot>
        <Button onClick={onClose}>{t('back')}</Button>
        <Button
          look="primary"
          aria-busy={mutation.isPending}
          // Truly disabled it would lose the focus of whoever pressed it.
          aria-disabled={mutation.isPending}
          onClick={() => mutation.isPending || onConfirm()}
        >
          {mutation.isPending ? t('saving') : review.act}
        </Button>
      </DialogFoot>
    </Dialog>
  )
}

function Changes({ changes, isNew }: { changes: readonly Difference[]; isNew: boolean }) {
  const t = useTranslations('form')
  if (changes.length === 0) return <p className="text-ink-2">{t('nothing')}</p>
  return (
    // Takes the focus when the dialog opens: the first thing to read, and what is long begins at its top.
    <section
      aria-label={t('changes')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: otherwise the focus would begin below what is to be read
      tabIndex={0}
      className="rounded-md border border-line"
    >
      <table className="w-full table-fixed border-collapse wrap-anywhere">
        <thead>
          <tr className="text-left text-ink-3 text-xs">
            <th scope="col" className="px-2 py-1.5 sm:px-3 font-medium">
              {t('field')}
            </th>
            {!isNew && (
              <th scope="col" className="px-2 py-1.5 font-medium sm:px-3">
                {t('before')}
              </th>
            )}
            <th scope="col" className="px-2 py-1.5 font-medium sm:px-3">
              {t(isNew ? 'value' : 'after')}
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
