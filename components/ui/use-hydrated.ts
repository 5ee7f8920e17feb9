import { useSyncExternalStore } from 'react'

const never = () => () => undefined

/** True once the page is alive: what is typed, chosen or sent before is heard by nobody, or by the browser alone. */
export const useReady = () =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
