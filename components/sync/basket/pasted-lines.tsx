'use client'

import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { Status, type StatusKind } from '@/components/ui/status'
import type { ConsoleOutput } from '@/lib/contract/console/schemas'
import type { SyncImage } from '@/lib/contract/console/sync-search'
import type { LineState } from '@/lib/contract/console/sync-vocabulary'
import { type Basket, tagsOf } from './basket'

export type PasteAnswer = ConsoleOutput<'syncReferenceRead'>
type Line = PasteAnswer['lines'][number]

/** A line as it was pasted. */
export interface PastedLine {
  /** Its place in the text, from 1. */
  readonly number: number
  readonly text: string
}

const kinds = {
  found: 'ok',
  unknown: 'bad',
  ambiguous: 'warn',
  unreadable: 'bad',
  repeated: 'off',
} as const satisfies Record<LineState, StatusKind>

/** Reasons that have a text. One that a newer server gives is shown as it is. */
const reasons = [
  'no_tag',
  'no_repository',
  'repository_characters',
  'tag_characters',
  'digest_short',
  'digest_kind',
  'too_long',
  'repository_missing',
  'repository_unread',
  'tag_missing',
  'digest_missing',
  'digest_differs',
  'several_tags',
  'several_organizations',
] as const

/** Every pasted line with what became of it, in the order in which it stands. */
export function PastedLines({
  lines,
  answer,
  added,
  basket,
  onAdd,
}: {
  lines: readonly PastedLine[]
  answer: PasteAnswer
  added: number
  basket: Basket
  onAdd: (image: SyncImage) => void
}) {
  const t = useTranslations('sync.paste')
  const count = (state: LineState) => answer.lines.filter((line) => line.state === state).length
  const shown = (Object.keys(kinds) as LineState[]).filter((state) => count(state) > 0)
  return (
    <section aria-label={t('result')}>
      <div role="status" className="flex flex-wrap gap-x-4 gap-y-1">
        <span className="font-medium">{t('added', { count: added })}</span>
        {shown.map((state) => (
          <Status key={state} kind={kinds[state]}>
            {t(`count.${state}`, { count: count(state) })}
          </Status>
        ))}
      </div>
      <ol
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls has to be reached by keyboard
        tabIndex={0}
        aria-label={t('lines')}
        className="relative mt-2 max-h-100 divide-y divide-line overflow-y-auto rounded-lg border border-line bg-surface"
      >
        {answer.lines.map((line) => (
          <LineResult key={line.line} line={line} pasted={lines[line.line]} basket={basket} onAdd={onAdd} />
        ))}
      </ol>
    </section>
  )
}

function LineResult({
  line: { state, reason, images },
  pasted,
  basket,
  onAdd,
}: {
  line: Line
  pasted: PastedLine | undefined
  basket: Basket
  onAdd: (image: SyncImage) => void
}) {
  const t = useTranslations('sync.paste')
  const known = reasons.find((each) => each === reason)
  const isIn = ({ repository, tag }: SyncImage) => tagsOf(basket, repository).some((each) => each.tag === tag)
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-1 px-3 py-1.5">
      <span className="w-8 text-right text-ink-3 text-xs tabular-nums">{pasted?.number}</span>
      <span className="min-w-0 flex-1 basis-48 font-mono text-xs wrap-anywhere">{pasted?.text}</span>
      <span className="min-w-0 basis-60">
        <Status kind={kinds[state]}>{t(`state.${state}`)}</Status>
        {reason !== null && <small className="block text-ink-2 text-sm">{known ? t(`why.${known}`) : reason}</small>}
      </span>
      {state === 'ambiguous' && (
        <ul className="flex basis-full flex-col gap-1 pl-11">
          {images.map((image) => (
            <li key={`${image.repository}:${image.tag}`} className="flex flex-wrap items-center gap-2">
              <span className="min-w-0 font-mono text-xs wrap-anywhere">{`${image.repository}:${image.tag}`}</span>
              {isIn(image) ? (
                <Status kind="ok">{t('inBasket')}</Status>
              ) : (
                <Button
                  aria-label={t('chooseNamed', { image: `${image.repository}:${image.tag}` })}
                  onClick={() => onAdd(image)}
                >
                  {t('choose')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}
