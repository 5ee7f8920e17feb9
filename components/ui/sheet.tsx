'use client'

import { X } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { Button } from './button'

/**
 * Side panel for a small object, modal like a dialog; the whole width on a phone. `onClose` is asked, not told: whoever
 * owns the panel may have something unsaved in it, and stops rendering it when it may go.
 */
export function Sheet({
  title,
  closeLabel,
  onClose,
  children,
}: {
  title: string
  closeLabel: string
  onClose: () => void
  children: ReactNode
}) {
  const element = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = element.current
    if (dialog && !dialog.open) {
      dialog.showModal()
      // Not the button that closes it, which stands first.
      dialog.querySelector<HTMLElement>('input, select, textarea')?.focus()
    }
    return () => dialog?.close()
  }, [])
  return (
    <dialog
      ref={element}
      aria-label={title}
      // The platform lets Escape be held back only once: the key is taken before it becomes a wish to close.
      onKeyDown={(event) => {
        const own = event.target instanceof Element && event.target.closest('dialog') === element.current
        if (event.key !== 'Escape' || !own) return
        event.preventDefault()
        onClose()
      }}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      // A click on the backdrop lands on the dialog itself; inside it lands on a child.
      onPointerDown={(event) => event.target === element.current && onClose()}
      className="fixed inset-y-0 right-0 left-auto m-0 h-dvh max-h-none w-full max-w-full overflow-hidden border-line border-l bg-surface p-0 text-ink sm:w-120"
    >
      <div className="flex h-full flex-col">
        <div className="flex items-center justify-between gap-2 border-line border-b px-5 py-3">
          <h2 className="min-w-0 text-lg wrap-anywhere">{title}</h2>
          <Button look="ghost" size="icon" aria-label={closeLabel} onClick={onClose} className="shrink-0">
            <X aria-hidden size={16} />
          </Button>
        </div>
        {children}
      </div>
    </dialog>
  )
}

/** What scrolls between the panel's title and its foot. */
export function SheetBody({ children }: { children: ReactNode }) {
  return <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4">{children}</div>
}

/** The acts of a panel, always in sight. */
export function SheetFoot({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap justify-end gap-2 border-line border-t px-5 py-3">{children}</div>
}
