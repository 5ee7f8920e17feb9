'use client'

import { useTranslations } from 'next-intl'
import { lazy, Suspense, useState } from 'react'
import { buttonClass } from '@/components/ui/button'
import { Glyph } from '../ui/glyph'
import type { RowAction } from '../ui/menu-action'

const OpenMenu = lazy(() => import('../ui/open-menu').then((module) => ({ default: module.OpenMenu })))

/** Menu at the end of a row. Its actions are worked out, and the menu library is loaded, when it is opened. */
export function RowMenu({ name, actions }: { name: string; actions: () => readonly RowAction[] }) {
  const t = useTranslations('common')
  const [wanted, setWanted] = useState<'pointer' | 'keyboard' | null>(null)
  const label = t('actionsFor', { name })
  const trigger = (
    <button
      type="button"
      aria-label={label}
      aria-haspopup="menu"
      className={buttonClass('ghost', 'icon')}
      onClick={({ detail }) => setWanted(detail === 0 ? 'keyboard' : 'pointer')}
    >
      <Glyph name="more" />
    </button>
  )
  return wanted ? (
    <Suspense fallback={trigger}>
      <OpenMenu trigger={trigger} actions={actions()} byKeyboard={wanted === 'keyboard'} />
    </Suspense>
  ) : (
    trigger
  )
}
