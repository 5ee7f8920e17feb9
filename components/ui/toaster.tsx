'use client'

import { useEffect, useRef } from 'react'
import { Toaster as Sonner, toast } from 'sonner'
import type { Notice } from './toast-store'

function show({ text, tone, action }: Notice) {
  const options = {
    duration: action ? 10_000 : 5_000,
    ...(action && { action: { label: action.label, onClick: action.run } }),
  }
  if (tone === 'ok') toast.success(text, options)
  else toast.error(text, options)
}

/** Shows each notice of the growing list once. */
export function Toaster({ label, notices }: { label: string; notices: readonly Notice[] }) {
  const shown = useRef(0)
  useEffect(() => {
    for (const notice of notices.slice(shown.current)) show(notice)
    shown.current = notices.length
  }, [notices])
  return (
    <Sonner
      containerAriaLabel={label}
      position="bottom-right"
      visibleToasts={4}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-90 max-w-full items-center gap-3 rounded-md border border-line-strong bg-surface px-3 py-2.5 text-ink font-sans text-base',
          success: '[&_[data-icon]]:text-ok',
          error: '[&_[data-icon]]:text-bad',
          actionButton: 'ml-auto rounded-md border border-edge px-2 py-0.5 font-medium whitespace-nowrap',
        },
      }}
    />
  )
}
