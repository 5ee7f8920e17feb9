'use client'

import { ListFilter } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { Button } from '@/components/ui/button'

const FilterSheet = dynamic(() => import('./filter-sheet').then((module) => module.FilterSheet))

/** The filters of a list: beside its search, or where there is no room for them behind a button with their number. */
export function FilterBar({
  count,
  onClear,
  children,
}: {
  /** How many narrow the list now. */
  count: number
  /** Clears them, and the search with them; undefined while there is nothing to clear. */
  onClear: (() => void) | undefined
  children: ReactNode
}) {
  const t = useTranslations('common')
  const [open, setOpen] = useState(false)
  return (
    <>
      <span className="hidden @table:contents">{children}</span>
      <Button className="@table:hidden" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <ListFilter aria-hidden size={14} />
        {t('filters', { count })}
      </Button>
      {onClear && (
        <Button look="ghost" onClick={onClear}>
          {t('clearFilters')}
        </Button>
      )}
      {open && (
        <FilterSheet onClose={() => setOpen(false)}>
          <div className="flex flex-col items-start gap-3">{children}</div>
        </FilterSheet>
      )}
    </>
  )
}
