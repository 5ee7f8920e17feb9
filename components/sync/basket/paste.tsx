'use client'

import { useQueryClient } from '@tanstack/react-query'
import clsx from 'clsx'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { ProblemPanel } from '@/components/shell/error-panel'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { controlClass } from '@/components/ui/input'
import { type Problem, problemOf } from '@/lib/contract/problem'
import { apiQuery } from '@/lib/query/client'
import { addTags } from './basket'
import { type PasteAnswer, type PastedLine, PastedLines } from './pasted-lines'
import type { BasketStore } from './use-basket'

/** As many as one request takes (lib/contract/console/sync.ts). */
const mostLines = 500
/** More than any reference that can be read: the rest of such a line need not go over the wire to be called too long. */
const longestSent = 1000

type State =
  | { readonly step: 'typing' | 'reading' }
  | { readonly step: 'failed'; readonly problem: Problem }
  | {
      readonly step: 'read'
      readonly lines: readonly PastedLine[]
      readonly answer: PasteAnswer
      readonly added: number
      readonly left: number
    }

/** A list from a release note: what is found goes into the basket, every other line says where it stands what is wrong with it. */
export function Paste({ connection, store: { basket, change } }: { connection: string; store: BasketStore }) {
  const t = useTranslations('sync.paste')
  const id = useId()
  const cache = useQueryClient()
  const [text, setText] = useState('')
  const [state, setState] = useState<State>({ step: 'typing' })
  // Blank lines are nobody's, and each of the others keeps its number.
  const lines = text
    .split(/\r\n|\r|\n/)
    .flatMap((line, at) => (line.trim() === '' ? [] : [{ number: at + 1, text: line.trim() }]))
  const count = lines.length
  const isTooLong = count > mostLines
  const isBusy = state.step === 'reading'
  const reason = count === 0 ? t('none') : isTooLong ? t('tooMany', { count, most: mostLines }) : undefined

  const read = async () => {
    setState({ step: 'reading' })
    try {
      const answer = await cache.query({
        ...apiQuery('syncReferenceRead', {
          params: { connection },
          body: { lines: lines.map((line) => line.text.slice(0, longestSent)) },
        }),
        staleTime: 0,
      })
      const images = answer.lines.flatMap((line) => (line.state === 'found' ? line.images : []))
      const { added, left } = addTags(basket, images)
      change((before) => addTags(before, images).basket)
      setState({ step: 'read', lines, answer, added, left })
    } catch (error) {
      setState({ step: 'failed', problem: problemOf(error) })
    }
  }
  return (
    <div className="flex flex-col gap-3">
      <div>
        <label htmlFor={id} className="mb-1 block w-fit font-medium">
          {t('label')}
        </label>
        <textarea
          id={id}
          rows={8}
          spellCheck={false}
          value={text}
          aria-invalid={isTooLong ? true : undefined}
          aria-describedby={`${id}-hint`}
          onChange={({ target }) => setText(target.value)}
          className={clsx(controlClass(), 'block h-auto! py-1.5 font-mono text-[12.5px]')}
        />
        <p id={`${id}-hint`} className={clsx('mt-1 text-xs', isTooLong ? 'text-bad' : 'text-ink-3')}>
          {isTooLong ? reason : t('hint', { most: mostLines })}
        </p>
      </div>
      <div>
        <Button
          look="primary"
          aria-busy={isBusy}
          aria-disabled={isBusy || reason !== undefined}
          onClick={() => isBusy || reason !== undefined || void read()}
        >
          {isBusy ? t('reading') : t('add', { count })}
        </Button>
      </div>
      {state.step === 'failed' && <ProblemPanel error={state.problem} retry={() => void read()} />}
      {state.step === 'read' && (
        <>
          {state.left > 0 && <Note tone="warn">{t('full', { count: state.left })}</Note>}
          <PastedLines
            lines={state.lines}
            answer={state.answer}
            added={state.added}
            basket={basket}
            onAdd={(image) => change((before) => addTags(before, [image]).basket)}
          />
        </>
      )}
    </div>
  )
}
