import type { z } from 'zod'
import type { PathParams } from './path'
import type { SwrOperation, swrRoutes } from './swr/operations'

export interface Schemas {
  /** Query string, strict: an unknown name is refused. */
  readonly query?: z.ZodType<Record<string, string | number | boolean | undefined>>
  /** Shape of the request body: no property that the console does not know. */
  readonly body?: z.ZodObject
  /** What may stand in it. Values that SWR holds already may break it as long as they stay as they are. */
  readonly rules?: z.ZodType
  /** Answer, read loosely (see `reading.ts`). */
  readonly response: z.ZodType
}

/** Gives a row of the allow-list its schemas; see `wire.ts` for method, path, role and risk. */
export const operation = <const S extends Schemas>(schemas: S): S => schemas

/** Every operation of a resource file is named in the allow-list, and `swr.ts` makes sure that none is left out. */
export type Operations = Partial<Record<SwrOperation, Schemas>>

export type InOf<Name extends SwrOperation, S extends Schemas> = {
  params: PathParams<(typeof swrRoutes)[Name]['path']>
} & (S extends {
  query: z.ZodType<infer Query>
}
  ? { query?: Query }
  : unknown) &
  (S extends { body: infer Body extends z.ZodObject } ? { body: z.output<Body> } : unknown) &
  ((typeof swrRoutes)[Name] extends { ifMatch: true }
    ? { /** `content_hash` of what the caller saw. */ ifMatch: string }
    : unknown) &
  ReasonOf<(typeof swrRoutes)[Name]>

/** A write may say why (the audit log keeps it), and what is made may say which policy it repeats. */
export type ReasonOf<Row> = Row extends { method: 'GET' }
  ? unknown
  : { reason?: string; basis?: string; dryRun?: string }

export type OutOf<S extends Schemas> = z.output<S['response']>
