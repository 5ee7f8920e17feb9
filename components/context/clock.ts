'use client'

import { useNow as useRequestTime } from 'next-intl'
import { useMemo, useSyncExternalStore } from 'react'

const secondMs = 1_000

/** The time that each precision shows, in milliseconds; filled in the browser only. */
const shown = new Map<number, number>()
const watchers = new Set<() => void>()
let ticker: ReturnType<typeof setInterval> | undefined

/** The clock as of the last tick. While nothing ticks it is read again. */
function read(stepMs: number): number {
  const last = shown.get(stepMs)
  const time = Date.now()
  // Less than a second is no news, and would have React ask again while it renders.
  if (last !== undefined && Math.abs(time - last) < (ticker === undefined ? secondMs : stepMs)) return last
  shown.set(stepMs, time)
  return time
}

function tick() {
  const time = Date.now()
  // A clock that was set back counts as well.
  for (const [stepMs, last] of shown) if (Math.abs(time - last) >= stepMs) shown.set(stepMs, time)
  for (const tell of [...watchers]) tell()
}

/** Nobody looks at a hidden tab; it catches up when it is seen again. */
function follow() {
  const wanted = watchers.size > 0 && !document.hidden
  if (wanted && ticker === undefined) {
    ticker = setInterval(tick, secondMs)
    tick()
  } else if (!wanted && ticker !== undefined) {
    clearInterval(ticker)
    ticker = undefined
  }
}

function watch(tell: () => void) {
  if (watchers.size === 0) document.addEventListener('visibilitychange', follow)
  watchers.add(tell)
  follow()
  return () => {
    watchers.delete(tell)
    follow()
    if (watchers.size === 0) document.removeEventListener('visibilitychange', follow)
  }
}

/**
 * The present time, from the browser's clock, at most `stepMs` old while the tab is seen. All of a page share one ticker.
 * The server and the first paint use the time of the request, so that both write the same.
 */
export function useNow(stepMs = 10 * secondMs): Date {
  const requestTime = useRequestTime().getTime()
  const time = useSyncExternalStore(
    watch,
    () => read(stepMs),
    () => requestTime,
  )
  return useMemo(() => new Date(time), [time])
}
