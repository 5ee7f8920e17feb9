'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { decisionKinds } from '@/components/deletion/decision-kinds'
import { Status, type StatusKind } from '@/components/ui/status'
import { tooltip } from '@/components/ui/tooltip'
import type { RetentionImage } from '@/lib/contract/console/retention-runs'
import type { CopyState, RestoreState, SwrAction } from '@/lib/contract/console/retention-vocabulary'
import { type InstanceLocation, routes } from '@/lib/routes'
import { useImageReason } from './use-reason'

const fewTags = 3
const shortDigest = 19

/** By its tags and its digest; a repository can be pressed, to see only that one. */
export function ImageName({ image, onRepository }: { image: RetentionImage; onRepository: (name: string) => void }) {
  const t = useTranslations('retentionRuns.image')
  const { repository, tags, digest, inUse } = image
  const more = tags.slice(fewTags)
  return (
    <div className="min-w-0 wrap-anywhere">
      <button
        type="button"
        aria-label={t('only', { repository })}
        className="text-left font-mono text-ink-3 text-sm hover:text-accent hover:underline"
        onClick={() => onRepository(repository)}
      >
        {repository}
      </button>
      <span className="font-mono text-sm">
        {tags.length > 0 ? (
          `:${tags.slice(0, fewTags).join(', ')}`
        ) : (
          <span className="ml-1.5 font-sans text-ink-2">{t('untagged')}</span>
        )}
      </span>
      {more.length > 0 && (
        <span className="ml-1.5 text-ink-2 text-xs" {...tooltip(more.join(', '))}>
          {t('moreTags', { count: more.length })}
        </span>
      )}
      <small className="flex flex-wrap items-center gap-x-2.5 text-xs">
        <span className="font-mono text-ink-3" {...tooltip(digest)}>
          {digest.slice(0, shortDigest)}
        </span>
        {inUse.length > 0 && <Status kind="warn">{t('inUse', { clusters: inUse.join(', ') })}</Status>}
      </small>
    </div>
  )
}

export const actionKinds = {
  keep: 'ok',
  immutable: 'claimed',
  delete: 'bad',
  error: 'warn',
  unknown: 'off',
} as const satisfies Record<SwrAction, StatusKind>

/** What SWR says of it. */
export function SwrVerdict({ image: { swr } }: { image: RetentionImage }) {
  const t = useTranslations('retentionRuns')
  return <Status kind={actionKinds[swr]}>{t(`swr.${swr}`)}</Status>
}

/** Which rule keeps an image: one of the policy, or an immutable tag rule, by its id where that is known. */
function KeptBy({ at, image: { rule, immutable } }: { at: InstanceLocation; image: RetentionImage }) {
  const t = useTranslations('retentionRuns.ours')
  if (rule !== null) return t('rule', { number: rule + 1 })
  if (immutable === null) return t('immutable')
  return t.rich('immutableRule', {
    id: String(immutable),
    link: (text) => (
      <Link href={routes.immutableRule(at, immutable)} prefetch={false} className="underline hover:text-accent">
        {text}
      </Link>
    ),
  })
}

/** What the console worked out itself, and by which rule; loudly where it is not what SWR says. */
export function OwnVerdict({ at, image }: { at: InstanceLocation; image: RetentionImage }) {
  const t = useTranslations('retentionRuns.ours')
  const b = useTranslations('retentionRuns')
  const { ours, because, differs } = image
  const detail =
    ours === 'keep' ? (
      <KeptBy at={at} image={image} />
    ) : because ? (
      b(`because.${because}`)
    ) : (
      ours === 'delete' && t('none')
    )
  return (
    <>
      <Status kind={decisionKinds[ours]}>{t(`decision.${ours}`)}</Status>
      {detail && <small className="mt-px block text-ink-3 text-xs">{detail}</small>}
      {differs && <small className="mt-px block font-medium text-warn text-xs">{t('differs')}</small>}
    </>
  )
}

const copyKinds = {
  none: 'off',
  waiting: 'off',
  copying: 'busy',
  seen: 'ok',
  unseen: 'claimed',
  failed: 'bad',
  removed: 'off',
} as const satisfies Record<CopyState, StatusKind>

const restoreKinds = {
  none: 'off',
  waiting: 'off',
  copying: 'busy',
  restored: 'ok',
  unseen: 'claimed',
  failed: 'bad',
} as const satisfies Record<RestoreState, StatusKind>

export function CopyStatus({ image: { copy, copyText } }: { image: RetentionImage }) {
  const t = useTranslations('retentionRuns')
  const reason = useImageReason()
  return (
    <>
      <Status kind={copyKinds[copy]}>{t(`copy.${copy}`)}</Status>
      {copyText && <small className="mt-px block text-ink-3 text-xs wrap-anywhere">{reason(copyText)}</small>}
    </>
  )
}

export function RestoreStatus({ image: { restore, restoreText } }: { image: RetentionImage }) {
  const t = useTranslations('retentionRuns')
  const reason = useImageReason()
  return (
    <>
      <Status kind={restoreKinds[restore]}>{t(`restore.${restore}`)}</Status>
      {restoreText && <small className="mt-px block text-ink-3 text-xs wrap-anywhere">{reason(restoreText)}</small>}
    </>
  )
}
