'use client'

import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { ProblemPanel } from '@/components/shell/error-panel'
import { Button } from '@/components/ui/button'
import { Dialog, DialogFoot } from '@/components/ui/dialog'
import { Checkbox, Input } from '@/components/ui/input'
import { Skeleton } from '@/components/ui/skeleton'
import type { InstanceAt } from '@/lib/routes'
import { useRepositories } from '../../picker/use-repositories'

/** Picks repositories of one namespace from the real list; what was picked before and is gone can still be unpicked. */
export function RepositoryPicker({
  at,
  namespace,
  picked,
  onPick,
  onClose,
}: {
  at: InstanceAt
  namespace: string
  picked: readonly string[]
  onPick: (names: readonly string[]) => void
  onClose: () => void
}) {
  const t = useTranslations('retention')
  const c = useTranslations('common')
  const listed = useRepositories(at, namespace)
  const [chosen, setChosen] = useState(picked)
  const [search, setSearch] = useState('')
  const rows = listed.repositories.flatMap(({ name, tag_count }) => (name ? [{ name, tags: tag_count }] : []))
  const gone = picked.filter((name) => !rows.some((row) => row.name === name))
  const shown = rows.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()))
  const box = (name: string, tags?: number) => (
    <RepositoryBox
      key={name}
      name={name}
      tags={tags}
      checked={chosen.includes(name)}
      onChange={(checked) => setChosen(checked ? [...chosen, name] : chosen.filter((other) => other !== name))}
    />
  )
  return (
    <Dialog title={t('picker.title', { namespace })} onClose={onClose}>
      <Input
        type="search"
        aria-label={t('picker.search')}
        placeholder={t('picker.search')}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <div className="mt-2 h-80 overflow-y-auto rounded-md border border-line p-1.5">
        {listed.error ? (
          <ProblemPanel error={listed.error} retry={() => listed.refetch()} />
        ) : listed.isPending ? (
          <Skeleton className="m-2 w-48" />
        ) : (
          <>
            <ul aria-label={t('edit.repositories')}>{shown.map(({ name, tags }) => box(name, tags))}</ul>
            {shown.length === 0 && (
              <p className="p-1.5 text-ink-2">{t(rows.length === 0 ? 'picker.empty' : 'picker.noneMatch')}</p>
            )}
            {gone.length > 0 && (
              <>
                <p className="mt-2 px-1.5 text-warn text-xs">{t('picker.gone')}</p>
                <ul>{gone.map((name) => box(name))}</ul>
              </>
            )}
          </>
        )}
      </div>
      <DialogFoot>
        <Button onClick={onClose}>{c('cancel')}</Button>
        <Button look="primary" onClick={() => onPick(chosen)}>
          {t('picker.use', { count: chosen.length })}
        </Button>
      </DialogFoot>
    </Dialog>
  )
}

function RepositoryBox({
  name,
  tags,
  checked,
  onChange,
}: {
  name: string
  tags: number | undefined
  checked: boolean
  onChange: (checked: boolean) => void
}) {
  const t = useTranslations('retention')
  const id = useId()
  return (
    <li className="flex items-center gap-2 rounded-sm px-1.5 py-1 hover:bg-sunken">
      <Checkbox id={id} checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <label htmlFor={id} className="min-w-0 flex-1 font-mono text-[12.5px] wrap-anywhere">
        {name}
      </label>
      {tags !== undefined && (
        <span className="text-ink-3 text-xs tabular-nums">{t('picker.tags', { count: tags })}</span>
      )}
    </li>
  )
}
