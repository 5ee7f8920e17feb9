import 'server-only'
import type { z } from 'zod'
import type { AuditStore } from '../audit/audit-store'
import type { AuditContext } from '../audit/with-audit'
import type { Actor } from '../contract/actor'
import type { ConsoleOperation, consoleRoutes } from '../contract/console/operations'
import type { consoleSchemas } from '../contract/console/schemas'
import type { PathParams } from '../contract/path'

type Part<Name extends ConsoleOperation, Key extends 'query' | 'body'> = (typeof consoleSchemas)[Name] extends {
  [K in Key]: infer Schema extends z.ZodType
}
  ? z.output<Schema>
  : undefined

/** What an operation of the console's own is asked with, parsed. Its role is checked. */
export interface ConsoleRequest<Name extends ConsoleOperation, Store extends AuditStore = AuditStore> {
  readonly actor: Actor
  readonly known: Store
  readonly tell: AuditContext['tell']
  /** For the first HTML of a page, which had better show something older at once, and say so. */
  readonly forPage: boolean
  /** Why, in the words of who asks; for the audit log, and for what goes on after the answer. */
  readonly reason: string | undefined
  /** Hash of what a change was made on, where the caller says it. */
  readonly ifMatch: string | undefined
  readonly params: PathParams<(typeof consoleRoutes)[Name]['path']>
  readonly query: Part<Name, 'query'>
  readonly body: Part<Name, 'body'>
}

/** The type names every operation: forgetting one does not compile. */
export type ConsoleHandlers<Names extends ConsoleOperation, Store extends AuditStore = AuditStore> = {
  readonly [Name in Names]: (
    request: ConsoleRequest<Name, Store>,
  ) => Promise<z.input<(typeof consoleSchemas)[Name]['response']>>
}
