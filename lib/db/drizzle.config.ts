import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'postgresql',
  schema: ['./lib/db/schema.ts', './lib/db/job-tables.ts', './lib/db/api-tables.ts', './lib/db/retention-tables.ts'],
  out: './lib/db/migrations',
})
