import 'server-only'
import { headers } from 'next/headers'
import { ProblemError } from '../problem'
import { hostnameOf, isLoopback } from './loopback'
import type { Role } from './roles'

export interface Actor {
  readonly id: string
  readonly name: string
  readonly role: Role
}

const localAdmin: Actor = { id: 'local', name: 'Local administrator', role: 'admin' }

/**
 * Who asks. Until there are accounts: whoever can reach the loopback address. A page of another site can make its own name
 * point there (DNS rebinding), so the name asked for must be a loopback name as well.
 */
export function actorFrom(asked: Pick<Headers, 'get'>): Actor {
  const hostname = hostnameOf(asked.get('host') ?? '')
  if (hostname === null || !isLoopback(hostname)) throw new ProblemError({ status: 421, code: 'foreign_host' })
  return localAdmin
}

export const requireActor = async (): Promise<Actor> => actorFrom(await headers())
