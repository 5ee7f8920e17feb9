import { vi } from 'vitest'

/** `vi.waitFor` with patience for a busy machine: of its own it gives up after a second. */
export const waitUntil = <Value>(look: () => Value | Promise<Value>): Promise<Value> =>
  vi.waitFor(look, { timeout: 15_000, interval: 20 })
