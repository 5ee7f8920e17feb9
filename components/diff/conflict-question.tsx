'use client'

import clsx from 'clsx'
import { type Messages, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useId } from 'react'
import type { Side } from '@/lib/policy/diff/merge3'

/** Questions that have a name here. */
export type ConflictName = keyof Messages['form']['conflict']['question']

/** A question that three versions answer, each in words. */
export interface Conflict {
  readonly name: ConflictName
  readonly opened: ReactNode
  readonly now: ReactNode
  readonly mine: ReactNode
  /** Who answers it when only one changed it; null when a person must say. */
  readonly side: Side | null
}

const cell = 'min-w-0 rounded-md border px-2.5 py-1.5'

/** One question in its three versions; the current one and mine can be chosen. */
export function ConflictQuestion({
  label,
  conflict,
  side,
  onChoose,
}: {
  label: string
  conflict: Pick<Conflict, 'opened' | 'now' | 'mine'>
  side: Side | null
  onChoose: (side: Side) => void
}) {
  const t = useTranslations('form')
  const group = useId()
  return (
    <fieldset>
      <legend className="mb-1 font-medium">{label}</legend>
      <div className="grid gap-2 wrap-anywhere sm:grid-cols-3">
        <div className={clsx(cell, 'border-transparent bg-sunken')}>
          <div className="text-ink-3 text-xs">{t('conflict.opened')}</div>
          {conflict.opened}
        </div>
        {(['now', 'mine'] as const).map((each) => (
          <label key={each} className={clsx(cell, 'flex gap-2', side === each ? 'border-accent' : 'border-line')}>
            <input
              type="radio"
              name={group}
              checked={side === each}
              onChange={() => onChoose(each)}
              className="mt-0.5 size-4 shrink-0 accent-accent"
            />
            <span className="min-w-0">
              <span className="block text-ink-3 text-xs">{t(`conflict.${each}`)}</span>
              {conflict[each]}
            </span>
          </label>
        ))}
      </div>
      {side === null && <p className="mt-1 text-warn text-xs">{t('conflict.both')}</p>}
    </fieldset>
  )
}
