'use client'

import clsx from 'clsx'
import { useFormatter, useTranslations } from 'next-intl'
import { Note } from '@/components/ui/alert'
import { Chip } from '@/components/ui/code'
import type { DecisionWarning, RetentionDecisions } from '@/lib/contract/console/retention-decisions'
import { useReason } from '../../match/listing'

const grave: readonly DecisionWarning['code'][] = ['whole_repository', 'keeps_nothing', 'in_use']

/** What stands out in what would be deleted. */
export function DecisionWarnings({
  warnings,
  className = 'px-4 pt-3',
}: Pick<RetentionDecisions, 'warnings'> & { className?: string }) {
  const t = useTranslations('retention')
  if (warnings.length === 0) return null
  return (
    <ul aria-label={t('warning.label')} className={clsx('flex flex-col gap-2', className)}>
      {warnings.map(({ code, count, examples }) => (
        <li key={code}>
          <Note tone={grave.includes(code) ? 'bad' : 'warn'}>
            <p>{t(`warning.${code}`, { count })}</p>
            {examples.length > 0 && (
              <p className="mt-1 flex flex-wrap items-baseline gap-1.5">
                {examples.map((example) => (
                  <Chip key={example}>
                    {code === 'keeps_nothing' ? t('rules.number', { number: Number(example) }) : example}
                  </Chip>
                ))}
                {count > examples.length && t('warning.more', { count: count - examples.length })}
              </p>
            )}
          </Note>
        </li>
      ))}
    </ul>
  )
}

/** What the decisions do not know, and why; what stands here makes every number a lower or an upper bound. */
export function DecisionBasis({ decisions }: { decisions: RetentionDecisions }) {
  const t = useTranslations('retention')
  const because = useReason()
  const { refused, complete, refreshing, capped, problem, immutableKnown } = decisions
  const notes = [
    ...(refused ? [t('basis.refused')] : []),
    ...(problem !== null ? [t('basis.problem', { reason: because(problem) })] : []),
    ...(capped ? [t('basis.capped')] : []),
    ...(!complete && !refreshing && !capped && problem === null ? [t('basis.cut')] : []),
    ...(immutableKnown ? [] : [t('basis.immutableUnknown')]),
  ]
  if (notes.length === 0) return null
  return (
    <div className="flex flex-col gap-2 px-4 pt-3">
      {notes.map((note) => (
        <Note key={note} tone="warn">
          {note}
        </Note>
      ))}
    </div>
  )
}

/** How old the images are that were decided about. */
export function DecisionAge({ decisions: { at, complete, refreshing } }: { decisions: RetentionDecisions }) {
  const t = useTranslations('retention')
  const format = useFormatter()
  return (
    <span className="text-ink-3 text-sm tabular-nums">
      {refreshing && !complete
        ? t('basis.counting')
        : t('basis.age', { time: format.dateTime(new Date(at), { timeStyle: 'medium' }) })}
    </span>
  )
}
