import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('..', import.meta.url))

export default defineConfig({
  root,
  resolve: {
    tsconfigPaths: true,
    // The package only exists to break a client bundle that imports server code.
    alias: { 'server-only': `${root}lib/empty.ts` },
  },
  test: { include: ['lib/**/*.test.ts', 'components/**/*.test.ts'], environment: 'node' },
})
