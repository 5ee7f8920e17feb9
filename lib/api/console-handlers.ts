import 'server-only'
import { z } from 'zod'
import { type AuditEntry, type AuditFilters, listEntries } from '../audit/search'
import type { Identity } from '../auth/identity'
import type { Link } from '../auth/links'
import { liftThrottle } from '../auth/throttle'
import { type ApiToken, createToken, listTokens, revokeToken } from '../auth/tokens'
import { endSessions, inviteUser, listUsers, resetLink, setDisabled, setRole, showUser, type User } from '../auth/users'
import type { ConsoleOperation } from '../contract/console/operations'
import { revisionSources } from '../contract/console/schemas'
import { ProblemError } from '../contract/problem'
import { policyKinds } from '../contract/vocabulary'
import { deletedObjects, listRevisions, type ResourceScope, type RevisionWithAudit } from '../db/revisions'
import type { ConsoleHandlers, ConsoleRequest } from '../insight/handler'
import { insightHandlers } from '../insight/handlers'
import { connection } from '../swr/connection'
import { connectionStates, tryAgain } from '../swr/key-state'

const userOf = ({ createdAt, lastSignIn, ...user }: User) => ({
  ...user,
  signsInBy: [...user.signsInBy],
  createdAt: createdAt.toISOString(),
  lastSignIn: lastSignIn?.toISOString() ?? null,
})
const linkOf = ({ url, expires }: Link) => ({ url, expires: expires.toISOString() })

const tokenOf = ({ id, name, ending, createdAt, lastUsedAt, expiresAt }: ApiToken) => ({
  id,
  name,
  ending,
  createdAt: createdAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
  expiresAt: expiresAt?.toISOString() ?? null,
})

export const toAuditEntry = ({ at, closedAt, ...entry }: AuditEntry) => ({
  ...entry,
  at: at.toISOString(),
  closedAt: closedAt?.toISOString() ?? null,
})

const revisionOf = ({ at, source, ...revision }: RevisionWithAudit) => ({
  ...revision,
  at: at.toISOString(),
  source: sourceOf.parse(source),
})
const sourceOf = z.enum(revisionSources).catch('seen')

/** Filters as the log takes them. */
export const toAuditFilters = ({
  from,
  to,
  ...rest
}: { from?: string; to?: string } & Omit<AuditFilters, 'from' | 'to'>) => ({
  ...rest,
  ...(from !== undefined && { from: new Date(from) }),
  ...(to !== undefined && { to: new Date(to) }),
})

const kind = z.enum(policyKinds)
const shelfOf = (params: ConsoleRequest<'deletedList'>['params']): ResourceScope => ({
  connection: params.connection,
  instance: params.instance_id,
  kind: kind.parse(params.kind),
})

/** What the audit log keeps of an account; never a link. */
const keptOf = ({ role, disabled }: User) => ({ role, disabled })

export const consoleHandlers: ConsoleHandlers<ConsoleOperation, Identity> = {
  ...insightHandlers,

  userList: async ({ known }) => ({ users: (await listUsers(known.db)).map(userOf) }),

  async userInvite({ known, tell, body }) {
    tell({ objectName: body.email, after: body })
    const { user, link } = await inviteUser(known, body)
    tell({ objectId: user.id, objectName: user.email })
    return { user: userOf(user), link: link && linkOf(link) }
  },

  async userUpdate({ known, tell, params, body: { role, disabled } }) {
    const was = await showUser(known.db, params.user_id)
    tell({ objectName: was.email, before: keptOf(was), after: { ...keptOf(was), role, disabled } })
    let user = was
    if (role !== undefined) user = await setRole(known, params.user_id, role)
    if (disabled !== undefined) user = await setDisabled(known, params.user_id, disabled)
    tell({ after: keptOf(user) })
    return { user: userOf(user) }
  },

  async userResetLink({ known, tell, params }) {
    tell({ objectName: (await showUser(known.db, params.user_id)).email })
    return { link: linkOf(await resetLink(known, params.user_id)) }
  },

  async userSignOut({ known, tell, params }) {
    tell({ objectName: (await showUser(known.db, params.user_id)).email })
    await endSessions(known, params.user_id)
    return {}
  },

  async userUnlock({ known, tell, params }) {
    const { email } = await showUser(known.db, params.user_id)
    tell({ objectName: email })
    await liftThrottle(known.db, email)
    return {}
  },

  tokenList: async ({ actor, known }) => ({ tokens: (await listTokens(known.db, actor.id)).map(tokenOf) }),

  async tokenCreate({ actor, known, tell, body: { name, expiresAt } }) {
    tell({ objectName: name, after: { expiresAt } })
    if (expiresAt !== null && Date.parse(expiresAt) <= Date.now())
      throw new ProblemError({ status: 422, code: 'invalid_request', fields: { 'body.expiresAt': 'out_of_range' } })
    const expires = expiresAt === null ? null : new Date(expiresAt)
    const { row, token } = await createToken(known.db, actor.id, { name, expiresAt: expires })
    tell({ objectId: row.id })
    return { token: tokenOf(row), secret: token }
  },

  async tokenRevoke({ actor, known, tell, params }) {
    const { name } = await revokeToken(known.db, actor.id, params.token_id)
    tell({ objectName: name })
    return {}
  },

  connectionList: async ({ known }) => ({ connections: await connectionStates(known.db) }),

  async connectionRetry({ actor, known, tell, params }) {
    tell({ objectName: connection(params.connection).name })
    return { connection: await tryAgain(known.db, actor, params.connection) }
  },

  async auditList({ known, query: { offset, limit, ...filters } }) {
    const { entries, ...counted } = await listEntries(known.db, toAuditFilters(filters), { offset, limit })
    return { ...counted, entries: entries.map(toAuditEntry) }
  },

  async revisionList({ known, params, query }) {
    const place = { ...shelfOf(params), objectId: params.object_id }
    const { total, entries } = await listRevisions(known.db, place, query)
    return { total, revisions: entries.map(revisionOf) }
  },

  async deletedList({ known, params }) {
    const gone = await deletedObjects(known.db, shelfOf(params))
    return { revisions: gone.map(revisionOf) }
  },
}
