import { useSyncExternalStore } from 'react'

/*
 * Where the router is going, from the press of a link until the page is there. Next tells of the beginning
 * (instrumentation-client.ts); that it has arrived shows in the address.
 */

let target: string | null = null
const listeners = new Set<() => void>()

function set(path: string | null) {
  target = path
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Going to where one is gives up what was begun. */
export function beginPageChange(address: string) {
  const { href, pathname, search } = window.location
  const next = new URL(address, href)
  set(next.pathname === pathname && next.search === search ? null : next.pathname)
}

export const endPageChange = () => set(null)

/** The path of the page that is on its way. */
export const useNextPath = (): string | null =>
  useSyncExternalStore(
    subscribe,
    () => target,
    () => null,
  )
