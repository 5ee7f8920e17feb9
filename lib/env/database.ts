import 'server-only'

/** `postgres://…` or a directory, for commands that need nothing else of the configuration. */
export const databaseTarget = (): string => process.env.DATABASE_URL || process.env.DATA_DIR || '.data'
