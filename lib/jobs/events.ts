import 'server-only'
import { EventEmitter } from 'node:events'
import { globalSlot } from '../global-slot'

/* What happens in this process, told to whoever waits for it here. Others on the same database look by themselves. */

export const jobEvents = globalSlot('job-events', () => new EventEmitter().setMaxListeners(0))

/** Names of events: a job has a new version, somebody wants something of its worker, a slot is free … */
export const changed = (id: number) => `changed ${id}`
export const wanted = (id: number) => `wanted ${id}`
export const slotFree = (keyPrefix: string) => `free ${keyPrefix}`
/** … jobs may have fallen due, this console is told to stop. */
export const due = 'due'
export const closing = 'closing'

/** Says to the worker of a job, if it is here, that it has been stopped, paused or changed. */
export const tellWorker = (id: number): void => void jobEvents().emit(wanted(id))

/** Resolves at the first of these events, when `signal` is aborted, or after a time that does not keep the process alive. */
export function nextEvent(names: readonly string[], ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const events = jobEvents()
    const end = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      for (const name of names) events.off(name, end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    timer.unref()
    signal?.addEventListener('abort', end)
    for (const name of names) events.on(name, end)
  })
}

/** Has jobs looked for when one that was let go falls due: the database has begun to count before. */
export function wakeAfter(seconds: number): void {
  setTimeout(() => void jobEvents().emit(due), seconds * 1000).unref()
}
