import { usePathname, useSearchParams } from 'next/navigation'
import { useEffect, useSyncExternalStore } from 'react'

/*
 * Where the router is going, from the press of a link until the page is there. Next tells of the beginning
 * (instrumentation-client.ts) and nothing of the end: the change is over once the shown address is another than the one it
 * began at, whichever that is.
 */

/** Addresses of the console without origin and hash; `to` is a path alone. */
interface PageChange {
  from: string
  to: string
}

/** Longer than any page takes: the way was given up. */
const longestMs = 30_000

let change: PageChange | null = null
const listeners = new Set<() => void>()

function set(next: PageChange | null) {
  change = next
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** One query can be written in several ways. */
const normalized = (pathname: string, query: URLSearchParams) => `${pathname}?${query}`

/** Going to where one is gives up what was begun. */
export function beginPageChange(address: string) {
  const here = new URL(window.location.href)
  const next = new URL(address, here)
  const from = normalized(here.pathname, here.searchParams)
  set(normalized(next.pathname, next.searchParams) === from ? null : { from, to: next.pathname })
}

/** The link that a click follows to another page of the console, in this tab; null for any other click. */
export function followedLink(event: MouseEvent): HTMLAnchorElement | null {
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null
  const elsewhere = event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey
  if (elsewhere || !(link instanceof HTMLAnchorElement) || link.target === '_blank') return null
  if (link.origin !== window.location.origin || link.getAttribute('href')?.startsWith('#')) return null
  return link
}

/** Whether the page of a path was left, or is about to be: what is written into the address then would call it back. */
export const isLeft = (path: string): boolean =>
  window.location.pathname !== path || (change !== null && change.to !== path)

/** The path of the page that is on its way, which is that of the shown one where only its query changes; null for none. */
export function useNextPath(): string | null {
  const here = normalized(usePathname(), useSearchParams())
  const begun = useSyncExternalStore(
    subscribe,
    () => change,
    () => null,
  )
  const pending = begun?.from === here ? begun : null
  const isOver = begun !== null && !pending
  // Forgotten once it is over: whoever comes back to where it began is not on the way again.
  useEffect(() => {
    if (isOver) set(null)
  }, [isOver])
  useEffect(() => {
    if (!pending) return
    const timer = setTimeout(() => set(null), longestMs)
    return () => clearTimeout(timer)
  }, [pending])
  return pending?.to ?? null
}
