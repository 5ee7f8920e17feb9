import type { Answer } from './exchange'
import type { World } from './world'

/** What the control port does for one method and path. */
export type Act = (world: World, body: unknown, query: URLSearchParams, id: string) => Answer

export const json = (status: number, value: unknown): Answer => ({
  status,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(value),
})
export const missing = (what: string) => json(404, { error: `${what} not found` })
