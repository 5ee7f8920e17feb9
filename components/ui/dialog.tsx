'use client'

import { type ReactNode, useLayoutEffect, useRef } from 'react'

/**
 * Modal on the platform's own <dialog>: focus is kept inside and given back, Escape closes, what lies behind is inert.
 * `onClose` is told however it was closed; the owner then stops rendering it.
 */
export function Dialog({
  title,
  onClose,
  wide = false,
  children,
}: {
  title: string
  onClose: () => void
  wide?: boolean
  children: ReactNode
}) {
  const element = useRef<HTMLDialogElement>(null)
  // Before it leaves the page: one that is gone already gives the focus back to nobody.
  useLayoutEffect(() => {
    const dialog = element.current
    if (dialog && !dialog.open) {
      dialog.showModal()
      // A list that scrolls can be reached, but is nothing to begin with.
      dialog.querySelector<HTMLElement>('[data-first-focus]')?.focus()
    }
    return () => dialog?.close()
  }, [])
  return (
    <dialog
      ref={element}
      aria-label={title}
      // React's development double run closes and opens again before this event comes.
      onClose={() => element.current?.open || onClose()}
      // A click on the backdrop lands on the dialog itself; inside it lands on a child.
      onPointerDown={(event) => event.target === element.current && element.current.close()}
      className={`m-auto max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] overflow-auto rounded-lg border border-line bg-surface p-0 text-ink ${wide ? 'max-w-3xl' : 'max-w-lg'}`}
    >
      <div className="p-5">
        <h2 className="mb-3 text-lg">{title}</h2>
        {children}
      </div>
    </dialog>
  )
}

/**
 * Buttons at the foot of a dialog, always in sight however long what stands above: the act last, as on every form. `notice` says
 * what came of it.
 */
export function DialogFoot({ notice, children }: { notice?: ReactNode; children: ReactNode }) {
  return (
    <div className="sticky bottom-0 -mx-5 mt-5 -mb-5 flex flex-col gap-3 border-line border-t bg-surface px-5 py-3">
      {notice}
      <div className="flex flex-wrap justify-end gap-2">{children}</div>
    </div>
  )
}
