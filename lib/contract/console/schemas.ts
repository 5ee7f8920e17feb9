import { z } from 'zod'
import type { ReasonOf, Schemas } from '../operation'
import { wholeNumber } from '../paging'
import type { PathParams } from '../path'
import { problemCodes } from '../problem'
import { roles } from '../roles'
import { insightOperations } from './insight'
import type { ConsoleOperation, consoleRoutes } from './operations'
import { pageOf } from './paging'

const moment = z.iso.datetime()

const user = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  /** Null for somebody whom the identity provider knows and who has no role here. */
  role: z.enum(roles).nullable(),
  disabled: z.boolean(),
  signsInBy: z.array(z.enum(['password', 'sso'])),
  createdAt: moment,
  lastSignIn: moment.nullable(),
})
export type User = z.output<typeof user>

/** A one-time link, shown once, for the admin to hand over. */
const link = z.object({ url: z.string(), expires: moment })

const token = z.object({
  id: z.string(),
  name: z.string(),
  /** Its last signs. */
  ending: z.string(),
  createdAt: moment,
  lastUsedAt: moment.nullable(),
  /** Null: it lasts until it is revoked. */
  expiresAt: moment.nullable(),
})
export type Token = z.output<typeof token>

/** `waiting`: the key is tried again by itself; `stopped`: only when an admin says so, or the key changes. */
const connectionState = z.object({
  id: z.string(),
  name: z.string(),
  region: z.string(),
  key: z.enum(['accepted', 'waiting', 'stopped']),
  /** In a row; more than five lock the key at SWR. */
  refusals: z.number(),
  retryAt: moment.nullable(),
  /** Why it was refused, as a problem's code. */
  code: z.enum(problemCodes).nullable(),
})
export type ConnectionState = z.output<typeof connectionState>

/** `open` after its time reads as `interrupted`: the console died before it could say how it ended. */
export const auditOutcomes = ['open', 'done', 'failed', 'refused', 'denied', 'interrupted'] as const
export type AuditOutcome = (typeof auditOutcomes)[number]

export const auditScopes = ['swr', 'accounts'] as const
export type AuditScope = (typeof auditScopes)[number]

const auditEntry = z.object({
  id: z.number(),
  at: moment,
  closedAt: moment.nullable(),
  actorId: z.string().nullable(),
  /** The e-mail. */
  actorName: z.string(),
  role: z.string().nullable(),
  connection: z.string().nullable(),
  instance: z.string().nullable(),
  operation: z.string(),
  kind: z.string().nullable(),
  objectId: z.string().nullable(),
  objectName: z.string().nullable(),
  before: z.unknown(),
  after: z.unknown(),
  outcome: z.enum(auditOutcomes),
  status: z.number().nullable(),
  code: z.string().nullable(),
  requestId: z.string().nullable(),
  reason: z.string().nullable(),
})
export type AuditEntry = z.output<typeof auditEntry>

/** A moment that PostgreSQL knows: it has no year 0. */
const storable = moment.refine((text) => !text.startsWith('0000'), { error: 'out_of_range' })

/** What the audit log can be narrowed by. Times are UTC instants; `to` is not included. */
export const auditFilters = {
  /** One entry only, for a link to it. */
  id: wholeNumber(1).optional(),
  person: z.string().optional(),
  object: z.string().optional(),
  objectId: z.string().optional(),
  connection: z.string().optional(),
  instance: z.string().optional(),
  kind: z.string().optional(),
  operation: z.string().optional(),
  outcome: z.enum(auditOutcomes).optional(),
  /** What was done to SWR, or to the console's own users; without it both. */
  scope: z.enum(auditScopes).optional(),
  from: storable.optional(),
  to: storable.optional(),
}

/** By the console; changed outside of it; how it was when the console first saw it. */
export const revisionSources = ['console', 'outside', 'seen'] as const
export type RevisionSource = (typeof revisionSources)[number]

const revision = z.object({
  id: z.number(),
  at: moment,
  objectId: z.string(),
  name: z.string(),
  hash: z.string(),
  /** The policy as SWR answered it, without secrets. */
  content: z.unknown(),
  source: z.enum(revisionSources),
  auditId: z.number().nullable(),
  deleted: z.boolean(),
  /** Who wrote it, when it was written by the console. */
  actorName: z.string().nullable(),
  reason: z.string().nullable(),
})
export type Revision = z.output<typeof revision>

/** Schemas of the console's own operations; requests are strict, answers are what we say they are. */
export const consoleSchemas = {
  userList: { response: z.object({ users: z.array(user) }) },
  userInvite: {
    body: z.strictObject({
      email: z.email().max(254),
      name: z.string().trim().min(1).max(120),
      role: z.enum(roles),
    }),
    response: z.object({ user, link: link.nullable() }),
  },
  userUpdate: {
    body: z.strictObject({ role: z.enum(roles).optional(), disabled: z.boolean().optional() }),
    response: z.object({ user }),
  },
  userResetLink: { response: z.object({ link }) },
  userSignOut: { response: z.object({}) },
  tokenList: { response: z.object({ tokens: z.array(token) }) },
  tokenCreate: {
    body: z.strictObject({
      /** Stands in the audit log before the owner's email, in brackets. */
      name: z
        .string()
        .trim()
        .min(1)
        .max(60)
        .regex(/^[^()\p{C}]*$/u),
      expiresAt: storable.nullable(),
    }),
    /** `secret` is the token itself, shown this once. */
    response: z.object({ token, secret: z.string() }),
  },
  tokenRevoke: { response: z.object({}) },
  connectionList: { response: z.object({ connections: z.array(connectionState) }) },
  connectionRetry: { response: z.object({ connection: connectionState }) },
  userUnlock: { response: z.object({}) },
  auditList: {
    query: z.strictObject({ ...pageOf(100), ...auditFilters }),
    /** `total` is exact, or there are more. */
    response: z.object({ entries: z.array(auditEntry), total: z.number(), exact: z.boolean() }),
  },
  revisionList: {
    query: z.strictObject(pageOf(100)),
    response: z.object({ revisions: z.array(revision), total: z.number() }),
  },
  deletedList: { response: z.object({ revisions: z.array(revision) }) },
  ...insightOperations,
} as const satisfies Record<ConsoleOperation, Schemas>

type OwnOf<Name extends ConsoleOperation> = (typeof consoleSchemas)[Name]

export type ConsoleInput<Name extends ConsoleOperation> = {
  params: PathParams<(typeof consoleRoutes)[Name]['path']>
} & ((typeof consoleRoutes)[Name] extends { ifMatch: true }
  ? { /** `content_hash` of what the caller saw. */ ifMatch: string }
  : unknown) &
  (OwnOf<Name> extends { query: infer Query extends z.ZodObject } ? { query?: Partial<z.output<Query>> } : unknown) &
  (OwnOf<Name> extends { body: infer Body extends z.ZodObject } ? { body: z.output<Body> } : unknown) &
  ReasonOf<(typeof consoleRoutes)[Name]>

export type ConsoleOutput<Name extends ConsoleOperation> = z.output<OwnOf<Name>['response']>
