import 'server-only'
import { bigint, timestamp } from 'drizzle-orm/pg-core'

/* Columns that many tables have. */

export const moment = (name: string) => timestamp(name, { withTimezone: true })
export const id = () => bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity()
