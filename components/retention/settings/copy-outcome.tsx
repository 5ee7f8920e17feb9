'use client'

import { useTranslations } from 'next-intl'
import { Note } from '@/components/ui/alert'
import type { ConsoleOutput } from '@/lib/contract/console/schemas'
import { parseEnum } from '@/lib/policy/enum'
import { type Copy, copyKey, nameOf } from './queries'

/** A copy that stays, and why. */
type Failure = ConsoleOutput<'archiveCopyDelete'>['failed'][number] & { readonly copy: Copy }

export interface CopyDeletion {
  readonly deleted: number
  readonly failures: readonly Failure[]
}

/** Why the console leaves a copy where it is; anything else is a failure like any other. */
const reasons = ['archive_not_ours', 'busy_here', 'retention_in_use', 'archive_unusable', 'job_unknown'] as const

/** Names that are told of one reason: the copies stay selected in the list. */
const fewNames = 20

/** What became of copies that were to be deleted: those that stay, by the reason why. */
export function CopyOutcome({ deleted, failures }: CopyDeletion) {
  const t = useTranslations('retentionRuns.archive')
  const p = useTranslations('problem')
  const groups = new Map<string, Failure[]>()
  for (const failure of failures) {
    const key = `${failure.code} ${failure.text}`
    groups.set(key, [...(groups.get(key) ?? []), failure])
  }
  return (
    <Note tone={failures.length > 0 ? 'bad' : 'ok'} role="status" className="mb-3">
      <p className="font-medium text-base">{t('deleted', { count: deleted })}</p>
      {failures.length > 0 && <p>{t('failed', { count: failures.length })}</p>}
      <ul>
        {[...groups].map(([key, group]) => {
          const { code = 'unexpected', text = '' } = group[0] ?? {}
          const own = parseEnum(reasons, code)
          return (
            <li key={key} className="mt-1.5">
              <p className="font-medium">{own ? t(`why.${own}`) : p(`${code}.title`)}</p>
              {text && <p className="select-all font-mono text-xs wrap-anywhere">{text}</p>}
              <ul className="font-mono text-xs wrap-anywhere">
                {group.slice(0, fewNames).map(({ copy }) => (
                  <li key={copyKey(copy)}>{nameOf(copy)}</li>
                ))}
              </ul>
              {group.length > fewNames && <p>{t('moreFailed', { count: group.length - fewNames })}</p>}
            </li>
          )
        })}
      </ul>
    </Note>
  )
}
