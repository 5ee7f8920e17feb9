'use client'

import clsx from 'clsx'
import { usePathname } from 'next/navigation'
import { type ReactNode, useEffect, useState } from 'react'
import { useNextPath } from './page-change'
import { PageSkeleton } from './page-skeleton'

/** A page that comes sooner is not announced: a flash would only disturb. */
const patienceMs = 60

const list = /\/(replication|retention|registries|audit|users)$/

/** Whether the wait for that page has become one that people notice. */
function useIsNoticed(next: string | null): boolean {
  const [noticed, setNoticed] = useState<string | null>(null)
  useEffect(() => {
    if (next === null) return
    const timer = setTimeout(() => setNoticed(next), patienceMs)
    return () => {
      clearTimeout(timer)
      setNoticed(null)
    }
  }, [next])
  return next !== null && noticed === next
}

/** A page; while another is on its way, the shape of that. What was typed stays, in case it never comes. */
export function PageContent({ children }: { children: ReactNode }) {
  const here = usePathname()
  const next = useNextPath()
  const leaving = useIsNoticed(next === here ? null : next)
  return (
    <div className="relative">
      {/* What stands in it fits itself to this room, not to the window: letters may be large. It keeps its height, or who
      comes back would find it at its top. */}
      <div className={clsx('@container', leaving && 'invisible')}>{children}</div>
      {leaving && (
        <div className="absolute inset-0">
          <div className="sticky top-0">
            <PageSkeleton cards={list.test(next ?? '') ? [12] : [4, 8]} />
          </div>
        </div>
      )}
    </div>
  )
}
