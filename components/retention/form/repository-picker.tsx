'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog, DialogFoot } from '@/components/ui/dialog'
import { Input } from '@/components/ui/input'
import type { InstanceLocation } from '@/lib/routes'
import { RepositoryChecks } from '../../picker/repository-checks'

/** Picks repositories of one namespace from the real list. */
export function RepositoryPicker({
  at,
  namespace,
  picked,
  onPick,
  onClose,
}: {
  at: InstanceLocation
  namespace: string
  picked: readonly string[]
  onPick: (names: readonly string[]) => void
  onClose: () => void
}) {
  const t = useTranslations('retention')
  const c = useTranslations('common')
  const [chosen, setChosen] = useState(picked)
  const [search, setSearch] = useState('')
  return (
    <Dialog title={t('picker.title', { namespace })} onClose={onClose}>
      <Input
        type="search"
        aria-label={t('picker.search')}
        placeholder={t('picker.search')}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <div className="min-h-80">
        <RepositoryChecks
          at={at}
          namespace={namespace}
          qualified={false}
          filter={search}
          picked={chosen}
          onChange={setChosen}
        />
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
