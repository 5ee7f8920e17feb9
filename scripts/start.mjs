import { existsSync } from 'node:fs'
import { ensureInstalled } from './install.mjs'
import { fail, next, root } from './run.mjs'
import { together } from './together.mjs'

// The server checks the whole environment itself, ends with one message when it does not like it, and we end with it.
const { HOST = '127.0.0.1', PORT = '3000' } = process.env

await ensureInstalled()
if (!existsSync(`${root}.next/BUILD_ID`)) fail('There is no build yet: run `npm run build` first.')

const { ended } = together([
  { name: 'console', args: [next, 'start', '-H', HOST, '-p', PORT], env: { HOST, PORT, NODE_ENV: 'production' } },
])
process.exit((await ended)?.code ?? 0)
