'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button, type ButtonLook } from '@/components/ui/button'
import { Dialog, DialogFoot } from '@/components/ui/dialog'
import { DialogProblem } from './dialog-problem'

/** Asks before an act: what will be hit, a button that says the act, and the failure in the same place. */
export function Confirm({
  title,
  act,
  mutation,
  onConfirm,
  onClose,
  children,
}: {
  title: string
  act: { label: string; look: ButtonLook }
  mutation: { isPending: boolean; error: unknown }
  onConfirm: () => void
  onClose: () => void
  children: ReactNode
}) {
  const c = useTranslations('common')
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      <DialogFoot notice={mutation.error ? <DialogProblem error={mutation.error} /> : null}>
        <Button onClick={onClose}>{c('cancel')}</Button>
        <Button
          look={act.look}
          aria-busy={mutation.isPending}
          // Truly disabled it would lose the focus of whoever pressed it.
          aria-disabled={mutation.isPending}
          onClick={() => mutation.isPending || onConfirm()}
        >
          {act.label}
        </Button>
      </DialogFoot>
    </Dialog>
  )
}
