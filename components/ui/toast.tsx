'use client'

import dynamic from 'next/dynamic'
import { useEffect, useState } from 'react'
import { listeners, type Notice } from './toast-store'

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
