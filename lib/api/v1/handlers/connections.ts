import 'server-only'
import { setTimeout } from 'node:timers/promises'
import { cached } from '../../../cache'
import { type Actor, mayUse } from '../../../contract/actor'
import { type ProblemCode, problemOf } from '../../../contract/problem'
import type { PublicConnectionState } from '../../../contract/v1/replication'
import { requestSwr } from '../../../swr/client'
import { connectionStates } from '../../../swr/key-state'
import type { PublicHandlers } from '../request'

/** Seconds for which an answer is good, and for which a connection is waited for. */
const freshSeconds = 30
const patienceSeconds = 5

const silent: readonly ProblemCode[] = [
  'swr_unreachable',
  'swr_timeout',
  'swr_broke_off',
  'swr_unreadable',
  'swr_failed',
]
const undecided: readonly ProblemCode[] = ['connection_busy', 'too_many_requests', 'swr_throttled', 'unexpected']
const ofTheKey: readonly ProblemCode[] = [
  'swr_wrong_secret',
  'swr_unknown_key',
  'swr_key_locked',
  'swr_clock',
  'swr_token',
  'swr_unauthorized',
]

/** Any other answer is one to an accepted key: an account without Enterprise Edition refuses this list. */
function stateOf(error: unknown): PublicConnectionState {
  const { code, key } = problemOf(error)
  if (key || ofTheKey.includes(code)) return 'refused'
  if (silent.includes(code)) return 'unreachable'
  return undecided.includes(code) ? 'unknown' : 'ok'
}

/** By one small request, shared by everybody who asks. */
async function look(actor: Actor, id: string): Promise<PublicConnectionState> {
  const freshMs = freshSeconds * 1000
  const { value } = await cached<PublicConnectionState>(`v1/connection/${id}`, { freshMs, keepMs: freshMs }, () =>
    requestSwr(actor, id, 'instanceList', { params: {}, query: { offset: 0, limit: 1 } }).then(() => 'ok', stateOf),
  )
  return value
}

export const connectionHandlers: PublicHandlers<'connectionList'> = {
  async connectionList({ actor, known }) {
    const states = await connectionStates(known.db)
    const items = states
      .filter(({ id }) => mayUse(actor, id))
      .map(async ({ id, name, region, key }) => {
        if (key !== 'accepted') return { id, name, region, state: 'refused' as const }
        const late = setTimeout(patienceSeconds * 1000, 'unknown' as const, { ref: false })
        return { id, name, region, state: await Promise.race([look(actor, id), late]) }
      })
    return { items: await Promise.all(items), total: items.length }
  },
}
