import 'server-only'
import { cache } from 'react'
import { requireActor } from '../auth/actor'
import { remembered } from './remembered'

/** The instance that the address names, read once per request for all layouts. */
export const requestedInstance = cache(async (connection: string, instance: string) => {
  const input = { params: { connection, instance_id: instance } }
  return (await remembered(await requireActor(), 'instanceShow', input)).value
})
