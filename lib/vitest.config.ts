import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('..', import.meta.url))
const withDatabase = ['lib/{db,auth,audit,swr,api,insight,query}/**/*.test.ts']

export default defineConfig({
  root,
  resolve: {
    tsconfigPaths: true,
    // The package only exists to break a client bundle that imports server code.
    alias: { 'server-only': `${root}lib/empty.ts` },
  },
  test: {
    environment: 'node',
    projects: [
      {
        extends: true,
        test: { name: 'pure', include: ['lib/**/*.test.ts', 'components/**/*.test.ts'], exclude: withDatabase },
      },
      {
        extends: true,
        test: {
          name: 'database',
          include: withDatabase,
          globalSetup: 'lib/testing/postgres-setup.ts',
          hookTimeout: 60_000,
          testTimeout: 20_000,
        },
      },
    ],
  },
})
