import 'server-only'
import { customType } from 'drizzle-orm/pg-core'

const substitute = '\ufffd'

/** PostgreSQL takes neither NUL nor half of a surrogate pair, and JavaScript's texts can hold both. */
export const toPgText = (text: string) => text.replaceAll(/[\0\p{Surrogate}]/gu, substitute)

/** In JSON both are always escaped. Other escapes are matched to be passed over: what follows `\\` is none. */
export const toPgJson = (value: unknown): string =>
  JSON.stringify(value).replaceAll(/\\(u0000|ud[89a-f][0-9a-f]{2}|.)/g, (whole, escaped: string) =>
    escaped.length > 1 ? substitute : whole,
  )

/** A column for whatever somebody else wrote: an entry of the audit log must not fail for a letter in it. */
export const anyText = customType<{ data: string }>({ dataType: () => 'text', toDriver: toPgText })
export const anyJson = customType<{ data: unknown }>({ dataType: () => 'jsonb', toDriver: toPgJson })
