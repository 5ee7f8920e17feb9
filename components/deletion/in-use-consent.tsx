'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useId } from 'react'
import { Note } from '@/components/ui/alert'
import { Chip } from '@/components/ui/code'
import { Checkbox } from '@/components/ui/input'
import { useAcceptance } from './use-acceptance'

/** Whether an admin accepts, with a reason, that images in use are deleted; `missing` says what stands in the way. */
export function useInUseConsent({
  isInUse,
  subject,
  isAdmin,
  reason,
}: {
  isInUse: boolean
  /** Which images these are: what was accepted of some is not accepted of others. */
  subject: string
  isAdmin: boolean
  reason: string
}) {
  const t = useTranslations('inUse.consent')
  const [accepted, setAccepted] = useAcceptance(subject)
  const missing = !isInUse
    ? undefined
    : !accepted
      ? t(isAdmin ? 'open' : 'adminOnly')
      : reason.trim() === ''
        ? t('reason')
        : undefined
  return { isAdmin, accepted, setAccepted, missing }
}

interface InUseText {
  /** How many images are in use; undefined where none is known to be. */
  readonly headline: string | undefined
  /** Some of these images. */
  readonly examples: readonly string[]
  /** Which clusters' lists have expired; undefined where none has. */
  readonly expired: string | undefined
}

/** Which images are in use, and whose list says nothing any more. */
export function InUseFacts({ headline, examples, expired }: InUseText) {
  return (
    <>
      {headline !== undefined && (
        <>
          <p className="font-medium text-base">{headline}</p>
          <p className="mt-1 flex flex-wrap gap-1.5">
            {examples.map((example) => (
              <Chip key={example}>{example}</Chip>
            ))}
          </p>
        </>
      )}
      {expired !== undefined && <p className="mt-1 font-medium text-base">{expired}</p>}
    </>
  )
}

/** What is in use and would be deleted, or can no longer be said; how to go on, of which an admin has one way more. */
export function InUseNote({
  ways,
  consent: { isAdmin, accepted, setAccepted },
  ...facts
}: InUseText & { ways: ReactNode; consent: ReturnType<typeof useInUseConsent> }) {
  const t = useTranslations('inUse.consent')
  const id = useId()
  return (
    <Note tone="bad" className="mt-3">
      <InUseFacts {...facts} />
      <p className="mt-1">{ways}</p>
      {isAdmin ? (
        <label htmlFor={id} className="mt-2 flex items-start gap-2 text-ink">
          <Checkbox
            id={id}
            checked={accepted}
            onChange={({ target }) => setAccepted(target.checked)}
            className="mt-0.5"
          />
          {t('accept')}
        </label>
      ) : (
        <p className="mt-1">{t('byAdmin')}</p>
      )}
    </Note>
  )
}
