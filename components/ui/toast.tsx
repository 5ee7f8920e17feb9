'use client'

import dynamic from 'next/dynamic'
import { useEffect, useState } from 'react'

export interface Notice {
  readonly text: string
  readonly tone: 'ok' | 'bad'
  readonly action?: { readonly label: string; readonly run: () => void }
}

// Only ever filled in the browser: notices are raised by what a person does.
const listeners = new Set<(notice: Notice) => void>()

/** Tells the outcome of an act that left its place; stays long enough to press its one action. */
export function notify(notice: Notice) {
  for (const listener of listeners) listener(notice)
}

const Toaster = dynamic(() => import('./toaster').then((module) => module.Toaster), { ssr: false })

/** Where notices appear; `label` names the place. The toast library is loaded with the first of them; none is lost while it loads. */
export function Notices({ label }: { label: string }) {
  const [notices, setNotices] = useState<readonly Notice[]>([])
  useEffect(() => {
    const add = (notice: Notice) => setNotices((earlier) => [...earlier, notice])
    listeners.add(add)
    return () => {
      listeners.delete(add)
    }
  }, [])
  return notices.length > 0 && <Toaster label={label} notices={notices} />
}
