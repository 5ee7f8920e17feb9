import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { returnPath } from '@/lib/routes'
import { followedLink, isLeft } from '../shell/page-change'

/** `promise` is there once the search is on its way into the address. */
interface Search {
  readonly timer: ReturnType<typeof setTimeout>
  readonly begin: () => Promise<unknown>
  promise?: Promise<unknown>
}

/**
 * Asks the list a little later, so that typing can go on. A link that is pressed meanwhile is followed once the address says
 * what was typed: whoever comes back finds it. `onSearch` may answer when that is so.
 */
export function useSearch(onSearch: (text: string) => unknown) {
  const router = useRouter()
  const last = useRef<Search>(undefined)
  const cancel = () => {
    clearTimeout(last.current?.timer)
    last.current = undefined
  }
  useEffect(() => {
    const holdLink = (event: MouseEvent) => {
      const search = last.current
      const link = search && followedLink(event)
      if (!link || link.hasAttribute('download')) return
      event.preventDefault()
      event.stopPropagation()
      clearTimeout(search.timer)
      void (search.promise ?? search.begin()).finally(() => {
        // Its row may be one that the search has taken away.
        if (link.isConnected) link.click()
        else router.push(returnPath(`${link.pathname}${link.search}${link.hash}`))
      })
    }
    document.addEventListener('click', holdLink, { capture: true })
    return () => {
      document.removeEventListener('click', holdLink, { capture: true })
      clearTimeout(last.current?.timer)
    }
  }, [router])
  return (text: string, waitMs: number) => {
    cancel()
    const path = window.location.pathname
    const search: Search = {
      timer: setTimeout(() => (isLeft(path) ? cancel() : void search.begin()), waitMs),
      begin: () => {
        search.promise = Promise.resolve(onSearch(text)).finally(() => {
          if (last.current === search) last.current = undefined
        })
        return search.promise
      },
    }
    last.current = search
  }
}
