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
  const here = new URL(window.location.href)
  const next = new URL(address, here)
  // One query can be written in several ways.
  const isHere = next.pathname === here.pathname && `${next.searchParams}` === `${here.searchParams}`
  set(isHere ? null : next.pathname)
}

export const endPageChange = () => set(null)

/** The query of this path is another one: what was asked for, unless that was another page. */
export const endQueryChange = (path: string) => {
  if (target === path) set(null)
}

/** The path of the page that is on its way. */
export const useNextPath = (): string | null =>
  useSyncExternalStore(
    subscribe,
    () => target,
    () => null,
  )
