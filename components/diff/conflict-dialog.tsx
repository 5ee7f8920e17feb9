'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Dialog, DialogFoot } from '@/components/ui/dialog'
import type { ObjectKind } from '@/lib/contract/vocabulary'
import type { Side } from '@/lib/policy/diff/merge3'
import type { ObjectLocation } from '@/lib/routes'
import { ChangeSource } from './change-source'
import { type Conflict, type ConflictName, ConflictQuestion } from './conflict-question'

/** Somebody else was faster: original, current and mine side by side, to be mixed and reviewed again. */
export function ConflictDialog({
  name,
  object,
  current,
  conflicts,
  onMerge,
  onClose,
}: {
  name: string
  /** Which object it is: the console may know who has changed it. */
  object: ObjectLocation<ObjectKind>
  /** The object as it is. */
  current: object
  conflicts: readonly Conflict[]
  /** The questions that are answered by mine. */
  onMerge: (mine: readonly ConflictName[]) => void
  onClose: () => void
}) {
  const t = useTranslations('form')
  const [chosen, setChosen] = useState<Partial<Record<ConflictName, Side>>>({})
  const sideOf = ({ name: question, side }: Conflict) => chosen[question] ?? side
  const left = conflicts.filter((conflict) => sideOf(conflict) === null).length
  const merge = () => onMerge(conflicts.filter((conflict) => sideOf(conflict) === 'mine').map((each) => each.name))
  return (
    <Dialog title={t('conflict.title', { name })} onClose={onClose} wide>
      <ChangeSource object={object} current={current} />
      <p>{t('conflict.lead')}</p>
      {conflicts.length === 0 && (
        <Note tone="info" className="mt-3">
          {t('conflict.elsewhere')}
        </Note>
      )}
      <div className="mt-3 flex flex-col gap-3">
        {conflicts.map((conflict) => (
          <ConflictQuestion
            key={conflict.name}
            label={t(`conflict.question.${conflict.name}`)}
            conflict={conflict}
            side={sideOf(conflict)}
            onChoose={(side) => setChosen((earlier) => ({ ...earlier, [conflict.name]: side }))}
          />
        ))}
      </div>
      <details className="mt-3 text-ink-3 text-xs">
        <summary className="w-fit cursor-pointer">{t('window.title')}</summary>
        <p className="mt-1">{t('window.text')}</p>
      </details>
      <DialogFoot>
        <span aria-live="polite" className="mr-auto self-center text-sm text-warn">
          {left > 0 && t('conflict.left', { count: left })}
        </span>
        <Button onClick={onClose}>{t('back')}</Button>
        <Button look="primary" disabled={left > 0} onClick={merge}>
          {t('conflict.merge')}
        </Button>
      </DialogFoot>
    </Dialog>
  )
}
