import { apiPolling } from '@/lib/query/client'
import type { InstanceLocation } from '@/lib/routes'
import { limitsInput } from './queries'

/** Waits for a person. */
const waitingMs = 15_000

/** While a higher ceiling waits for another admin, looks whether it has been confirmed. */
export const limitsQuery = (at: InstanceLocation) =>
  apiPolling('retentionSettingsShow', limitsInput(at), (settings) => (settings?.request ? waitingMs : false))
