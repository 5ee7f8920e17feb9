import 'server-only'
import type { z } from 'zod'
import type { AuditStore } from '../audit/audit-store'
import type { Entry } from '../audit/with-audit'
import type { Actor } from '../contract/actor'
import type { OwnName, ownWire } from '../contract/console/operations'
import type { own } from '../contract/console/schemas'
import type { PathParams } from '../contract/path'

type Part<Name extends OwnName, Key extends 'query' | 'body'> = (typeof own)[Name] extends {
  [K in Key]: infer Schema extends z.ZodType
}
  ? z.output<Schema>
  : undefined

/** What an operation of the console's own is asked with, parsed. Its role is checked. */
export interface AskedOwn<Name extends OwnName, Store extends AuditStore = AuditStore> {
  readonly actor: Actor
  readonly known: Store
  readonly tell: Entry['tell']
  readonly params: PathParams<(typeof ownWire)[Name]['path']>
  readonly query: Part<Name, 'query'>
  readonly body: Part<Name, 'body'>
}

/** The type names every operation: forgetting one does not compile. */
export type OwnHandlers<Names extends OwnName, Store extends AuditStore = AuditStore> = {
  readonly [Name in Names]: (asked: AskedOwn<Name, Store>) => Promise<z.input<(typeof own)[Name]['response']>>
}
