import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('..', import.meta.url))
// A thread cannot set the umask of its process.
const alone = ['lib/db/private-directory.test.ts']
const withDatabase = ['lib/{db,auth,audit,swr,jobs,api,insight,query}/**/*.test.ts']
// Measure how long others wait: they have the machine to themselves.
const measuring = [
  'lib/api/{event-loop,audit-search,retention-export}.test.ts',
  'lib/api/v1/large-dry-run.test.ts',
  'lib/insight/inventory/matches.test.ts',
  'lib/insight/policies/{long-index,policy-table,week-shape}.test.ts',
]
// Run what needs a production build, and minutes: `npm run commands`.
const commands = ['lib/documented-commands.test.ts']
// Threads start sooner than processes, and each file needs one of its own: what it tests keeps things for as long as it lives.
const database = {
  pool: 'threads' as const,
  globalSetup: 'lib/testing/postgres-setup.ts',
  hookTimeout: 60_000,
  testTimeout: 20_000,
}

export default defineConfig({
  root,
  resolve: {
    tsconfigPaths: true,
    // The package only exists to break a client bundle that imports server code.
    alias: { 'server-only': `${root}lib/empty.ts` },
  },
  test: {
    environment: 'node',
    // What is waited for comes at the pace of the machine; the default is a second.
    expect: { poll: { timeout: 15_000 } },
    // Most of what they do is waiting: for databases, for sandboxes, for pauses.
    maxWorkers: Math.max(3, availableParallelism()),
    projects: [
      {
        extends: true,
        test: {
          name: 'pure',
          include: [
            'lib/!(db|auth|audit|swr|jobs|api|insight|query)/**/*.test.ts',
            'lib/*.test.ts',
            'components/**/*.test.ts',
            ...alone,
          ],
          exclude: commands,
          testTimeout: 20_000,
          // They keep nothing outside of what they make: reading every module once instead of once a file halves their time.
          isolate: false,
        },
      },
      {
        extends: true,
        test: { ...database, name: 'database', include: withDatabase, exclude: [...measuring, ...alone] },
      },
      {
        extends: true,
        test: {
          ...database,
          name: 'measuring',
          include: measuring,
          pool: 'forks',
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: { name: 'commands', include: commands, maxWorkers: 1, sequence: { groupOrder: 2 } },
      },
    ],
  },
})
