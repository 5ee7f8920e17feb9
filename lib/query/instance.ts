import 'server-only'
import { cache } from 'react'
import { requireActor } from '../auth/actor'
import { requestSwr } from '../swr/client'

/** The instance that the address names, read once per request for all layouts. */
export const requestedInstance = cache(async (connection: string, instance: string) =>
  requestSwr(await requireActor(), connection, 'instanceShow', { params: { instance_id: instance } }),
)
