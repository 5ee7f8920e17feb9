'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ConflictQuestion } from '@/components/diff/conflict-question'
import { Ago } from '@/components/shell/relative-time'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Dialog, DialogFoot } from '@/components/ui/dialog'
import type { RetentionSettings } from '@/lib/contract/console/retention-settings'
import { conflicts, merge3, type Side } from '@/lib/policy/diff/merge3'
import { type LimitsDraft, type LimitsQuestion, limitsQuestions, toDraft } from '@/lib/policy/retention-limits/form'
import type { InstanceLocation } from '@/lib/routes'
import { LimitAnswer } from './limit-answer'

/** Somebody else was faster: three versions of each limit that differs, to be chosen from and saved again. */
export function LimitsConflict({
  at,
  opened,
  now,
  mine,
  onMerge,
  onClose,
}: {
  at: InstanceLocation
  opened: RetentionSettings
  now: RetentionSettings
  mine: LimitsDraft
  onMerge: (merged: LimitsDraft) => void
  onClose: () => void
}) {
  const t = useTranslations('form.conflict')
  const l = useTranslations('retentionRuns.limits')
  const f = useTranslations('form')
  const [chosen, setChosen] = useState<Partial<Record<LimitsQuestion['name'], Side>>>({})
  const sides = { opened: toDraft(opened.limits), now: toDraft(now.limits), mine }
  const all = conflicts(limitsQuestions, sides).map(({ question, side }) => ({
    question,
    side: chosen[question.name] ?? side,
  }))
  const left = all.filter(({ side }) => side === null).length
  const taken = all.filter(({ side }) => side === 'mine').map(({ question }) => question)
  return (
    <Dialog title={l('conflictTitle')} onClose={onClose} wide>
      {now.changed && (
        <p className="mb-2">
          {l.rich('changed', { name: now.changed.name, ago: () => <Ago time={now.changed?.at} /> })}
        </p>
      )}
      <p>{t('lead')}</p>
      {all.length === 0 && (
        <Note tone="info" className="mt-3">
          {l(opened.request?.id === now.request?.id ? 'sameByNow' : 'requestChanged')}
        </Note>
      )}
      <div className="mt-3 flex flex-col gap-3">
        {all.map(({ question, side }) => (
          <ConflictQuestion
            key={question.name}
            label={l(question.name === 'archive' ? 'archive' : `field.${question.name}`)}
            conflict={{
              opened: <LimitAnswer at={at} question={question} draft={sides.opened} />,
              now: <LimitAnswer at={at} question={question} draft={sides.now} />,
              mine: <LimitAnswer at={at} question={question} draft={sides.mine} />,
            }}
            side={side}
            onChoose={(each) => setChosen((earlier) => ({ ...earlier, [question.name]: each }))}
          />
        ))}
      </div>
      <DialogFoot>
        <span aria-live="polite" className="mr-auto self-center text-sm text-warn">
          {left > 0 && t('left', { count: left })}
        </span>
        <Button onClick={onClose}>{f('back')}</Button>
        <Button look="primary" disabled={left > 0} onClick={() => onMerge(merge3(sides, taken))}>
          {l('merge')}
        </Button>
      </DialogFoot>
    </Dialog>
  )
}
