'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { Checkbox } from '@/components/ui/input'
import type { Replication } from '@/lib/contract/swr/replication'
import type { Selection } from './use-selection'

/** Around the box, so that a finger hits it. */
const target = 'inline-flex size-6 items-center justify-center @table:-m-1'

/** Chooses one policy. */
export function SelectRow({ policy, selection }: { policy: Replication; selection: Selection }) {
  const t = useTranslations('replication')
  if (policy.id === undefined) return null
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is its child
    <label className={target}>
      <Checkbox
        aria-label={t('select.one', { name: policy.name ?? `#${policy.id}` })}
        checked={selection.has(policy)}
        onChange={({ target: { checked } }) => selection.choose([policy], checked)}
      />
    </label>
  )
}

/** Chooses every policy of the page, or none of them; `said` shows its label beside it. */
export function SelectPage({ selection, said = false }: { selection: Selection; said?: boolean }) {
  const t = useTranslations('replication')
  const box = useRef<HTMLInputElement>(null)
  const { page } = selection
  const chosen = page.filter(selection.has).length
  const some = chosen > 0 && chosen < page.length
  useEffect(() => {
    if (box.current) box.current.indeterminate = some
  }, [some])
  const label = t('select.page')
  return (
    <label className={said ? 'inline-flex h-8 items-center gap-2' : target}>
      <input
        ref={box}
        type="checkbox"
        className="size-4 shrink-0 accent-accent"
        {...(!said && { 'aria-label': label })}
        checked={page.length > 0 && chosen === page.length}
        disabled={page.length === 0}
        onChange={({ target: { checked } }) => selection.choose(page, checked)}
      />
      {said && label}
    </label>
  )
}
