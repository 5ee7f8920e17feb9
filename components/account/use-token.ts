import { useSyncExternalStore } from 'react'

const listen = (changed: () => void) => {
  window.addEventListener('hashchange', changed)
  return () => window.removeEventListener('hashchange', changed)
}

/** What a one-time link carries. It stands behind `#`, so that no server on the way writes it down; none knows it. */
export const useToken = () =>
  useSyncExternalStore(
    listen,
    () => window.location.hash.slice(1),
    () => null,
  )
