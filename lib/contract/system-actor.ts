import type { Actor } from './actor'

/** The console itself, where it tidies up what nobody who started it may any more. It signs in nowhere. */
export const systemActor: Actor = { id: 'system', name: 'system', email: 'system', role: 'operator' }
