import { useSyncExternalStore } from 'react'

const never = () => () => undefined

/** True once the page is alive. A password must not be sent by a browser that only has the HTML yet. */
export const useReady = () =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
