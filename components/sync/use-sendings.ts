'use client'

import { useRef, useState } from 'react'
import { type SyncValues, syncParams, toBody } from '@/lib/policy/sync'
import { useApiWrite } from '@/lib/query/client'
import { isFault, type Outcome, refused, type Sending } from './outcome'

/** The copies that were sent while this page is open, newest first. Each is sent once and never again by itself. */
export function useSendings(connection: string) {
  const sync = useApiWrite('manualSync', { stale: [] })
  const [sendings, setSendings] = useState<readonly Sending[]>([])
  const count = useRef(0)

  const settle = (id: number, outcome: Outcome) =>
    setSendings((all) => all.map((each) => (each.id === id ? { ...each, outcome } : each)))

  const dismiss = (id: number) => setSendings((all) => all.filter((each) => each.id !== id))

  const send = async (values: SyncValues, reason: string): Promise<Outcome> => {
    count.current += 1
    const id = count.current
    setSendings((all) => [{ id, at: Date.now(), values, outcome: { state: 'running' } }, ...all])
    const outcome = await sync
      .mutateAsync({ params: { connection, ...syncParams(values) }, body: toBody(values), ...(reason && { reason }) })
      .then((named): Outcome => ({ state: 'answered', named }), refused)
    // The console itself refused: nothing was sent, and the form shows why.
    if (isFault(outcome)) dismiss(id)
    else settle(id, outcome)
    return outcome
  }
  return { sendings, send, dismiss, running: sync.isPending }
}
