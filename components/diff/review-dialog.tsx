'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { CopyButton } from '@/components/shell/copy-button'
import { DialogProblem } from '@/components/shell/dialog-problem'
import { Button } from '@/components/ui/button'
import { Dialog, DialogFoot } from '@/components/ui/dialog'
import { differences } from '@/lib/policy/diff/differences'
import { relevantChanges } from '@/lib/policy/diff/field-names'
import type { InstanceLocation } from '@/lib/routes'
import { ReasonField } from '../form/reason-field'
import { Changes } from './changes'

export interface Review {
  readonly title: string
  readonly method: string
  /** Path at SWR, for the eye: the project id stays on the server. */
  readonly path: string
  readonly before: unknown
  /** Where the registries have their names. */
  readonly at?: InstanceLocation
  readonly body: unknown
  readonly act: string
  /** Over the fields, where nothing is changed and nothing created. */
  readonly heading?: string
  /** Instead of saying that nothing was changed. */
  readonly unchanged?: { readonly title: string; readonly text: ReactNode } | undefined
}

/** The last look before a save: what changes, field by field, the request that will be sent, and why. */
export function ReviewDialog({
  review,
  reason,
  mutation,
  onConfirm,
  onClose,
  children,
}: {
  review: Review
  /** Kept by the form, so that a conflict does not lose it. */
  reason: { value: string; onChange: (text: string) => void }
  mutation: { isPending: boolean; error: unknown }
  onConfirm: () => void
  onClose: () => void
  /** What else is worth knowing before it is sent. */
  children?: ReactNode
}) {
  const t = useTranslations('form')
  const isNew = review.before === undefined
  const changes = relevantChanges(differences(review.before, review.body))
  const heading = review.heading ?? t(isNew ? 'contents' : 'changes')
  const json = JSON.stringify(review.body, null, 2)
  if (changes.length === 0)
    return (
      <Dialog title={review.unchanged?.title ?? t('nothing')} onClose={onClose}>
        <p>{review.unchanged?.text ?? t('nothingText')}</p>
        <DialogFoot>
          <Button onClick={onClose}>{t('back')}</Button>
        </DialogFoot>
      </Dialog>
    )
  return (
    <Dialog title={review.title} onClose={onClose} wide>
      <h3 className="mb-1">{heading}</h3>
      <Changes label={heading} changes={changes} at={review.at} isNew={isNew} focusable />
      {children}
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
      {!isNew && (
        <>
          <p className="mt-1 text-ink-3 text-xs">{t('unknownKept')}</p>
          <details className="mt-1 text-ink-3 text-xs">
            <summary className="w-fit cursor-pointer">{t('window.title')}</summary>
            <p className="mt-1">{t('window.text')}</p>
          </details>
        </>
      )}
      <ReasonField {...reason} />
      <DialogFoot notice={mutation.error ? <DialogProblem error={mutation.error} /> : null}>
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
