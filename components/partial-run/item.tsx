'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useId, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import type { Replication } from '@/lib/contract/swr/replication'
import type { InstanceLocation } from '@/lib/routes'
import { RemovableChips } from '../picker/chips'
import { useCombobox } from '../picker/use-combobox'
import { enteredTags, fittingTags, type Refused } from './choice'
import { PartialRunTags, useTagChoices } from './tags'

const most = 30

/** A chosen repository with the tags that are chosen of it, and what the server has said of them. */
export function PartialRunItemCard({
  at,
  policy,
  repository,
  tags,
  refused,
  listed,
  onTags,
  onRemove,
}: {
  at: InstanceLocation
  policy: Replication
  repository: string
  tags: readonly string[]
  refused: Refused | undefined
  /** Its tags can be listed: it is in this instance. */
  listed: boolean
  onTags: (tags: readonly string[]) => void
  onRemove: () => void
}) {
  const t = useTranslations('partialRun.part')
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  // Whoever has chosen a repository goes on with its tags; the entry that was pressed is gone.
  useEffect(() => field.current?.focus(), [])
  const [text, setText] = useState('')
  const [wrong, setWrong] = useState<'odd' | 'several' | null>(null)
  const outside = refused?.tags.filter((tag) => tags.includes(tag)) ?? []
  const complaint = refused?.whole
    ? t('outsideRepository')
    : outside.length > 0
      ? t('outsideTags', { tags: outside.join(', ') })
      : wrong === 'odd'
        ? t('badTag')
        : wrong === 'several'
          ? t('several')
          : undefined
  const choices = useTagChoices(at, policy, repository, listed)
  const foreign = choices && !choices.waiting ? tags.filter((tag) => !choices.names.includes(tag)) : []
  const enter = () => {
    const { add, left, complaint: found } = enteredTags(text, choices?.names ?? [])
    if (add.length > 0) onTags([...tags, ...add])
    setText(left)
    setWrong(found)
  }
  const fitting = choices && !choices.failed ? fittingTags(choices.names, text) : []
  const toggle = (tag: string) => {
    setWrong(null)
    onTags(tags.includes(tag) ? tags.filter((each) => each !== tag) : [...tags, tag])
  }
  const box = useCombobox({ text, options: fitting, onTake: toggle, onEnter: enter })
  return (
    <div className="rounded-md border border-line bg-surface p-2.5">
      <div className="flex items-start justify-between gap-2">
        <span className="min-w-0 pt-1.5 font-mono text-xs wrap-anywhere">{repository}</span>
        <span className="flex shrink-0 items-center gap-1">
          <span className="text-ink-2 text-xs tabular-nums">{t('count', { count: tags.length })}</span>
          <Button look="ghost" size="icon" aria-label={t('remove', { name: repository })} onClick={onRemove}>
            <X aria-hidden size={14} />
          </Button>
        </span>
      </div>
      <Input
        ref={field}
        {...box.field}
        aria-label={t('tag', { name: repository })}
        aria-invalid={complaint ? true : undefined}
        aria-describedby={`${id}-hint`}
        value={text}
        onChange={({ target }) => {
          setText(target.value)
          setWrong(null)
        }}
        className="mt-1"
      />
      <p id={`${id}-hint`} className={complaint ? 'mt-1 text-bad text-xs' : 'mt-1 text-ink-3 text-xs'}>
        {complaint ?? t('tagHint')}
      </p>
      <Typed
        tags={tags}
        refused={outside}
        onRemove={(tag) => {
          onTags(tags.filter((each) => each !== tag))
          field.current?.focus()
        }}
      />
      {foreign.length > 0 && (
        <p className="mt-1 text-warn text-xs wrap-anywhere">
          {t('foreign', { tags: foreign.slice(0, most).join(', ') })}
        </p>
      )}
      {choices && (
        <PartialRunTags
          repository={repository}
          choices={choices}
          fitting={fitting}
          isNarrowed={text.trim() !== ''}
          box={box}
          tags={tags}
          onTags={onTags}
        />
      )}
    </div>
  )
}

/** The chosen tags, each with a way out. */
function Typed({
  tags,
  refused,
  onRemove,
}: {
  tags: readonly string[]
  refused: readonly string[]
  onRemove: (tag: string) => void
}) {
  const t = useTranslations('partialRun.part')
  const p = useTranslations('plan')
  if (tags.length === 0) return null
  return (
    <>
      <RemovableChips
        names={tags.slice(0, most)}
        removeLabel={(name) => t('remove', { name })}
        onRemove={onRemove}
        marked={refused}
        className="mt-1.5"
      />
      {tags.length > most && <p className="mt-1 text-ink-3 text-xs">{p('more', { count: tags.length - most })}</p>}
    </>
  )
}
