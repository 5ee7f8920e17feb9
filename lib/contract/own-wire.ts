import type { Role } from '../auth/roles'
import type { Risk, Wire } from './wire'

/** An operation of the console's own, behind `/api/console`. */
export interface OwnWire {
  readonly method: Wire['method']
  readonly path: string
  readonly role: Role
  readonly risk: Risk
}

const user = '/users/{user_id}'
const revisions = '/revisions/{connection}/{instance_id}/{kind}'

/** What the console knows itself: accounts, the change log, versions of policies. As with SWR's, there is no open default. */
export const ownWire = {
  userList: { method: 'GET', path: '/users', role: 'admin', risk: 'read' },
  userInvite: { method: 'POST', path: '/users', role: 'admin', risk: 'reversible' },
  userUpdate: { method: 'PATCH', path: user, role: 'admin', risk: 'reversible' },
  userResetLink: { method: 'POST', path: `${user}/reset-link`, role: 'admin', risk: 'reversible' },
  userSignOut: { method: 'POST', path: `${user}/sign-out`, role: 'admin', risk: 'reversible' },
  auditList: { method: 'GET', path: '/audit', role: 'viewer', risk: 'read' },
  revisionList: { method: 'GET', path: `${revisions}/{object_id}`, role: 'viewer', risk: 'read' },
  /** Policies that are gone and can be made again from their last version. */
  deletedList: { method: 'GET', path: revisions, role: 'viewer', risk: 'read' },
} as const satisfies Record<string, OwnWire>

export type OwnName = keyof typeof ownWire
