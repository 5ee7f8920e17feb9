import { existsSync } from 'node:fs'
import { ensureInstalled } from './install.mjs'
import { fail, root, startArgs, startEnv } from './run.mjs'
import { together } from './together.mjs'

// The server checks the whole environment itself, ends with one message when it does not like it, and we end with it.
// Empty is unset, as the server reads it: told to listen on an empty host, Next listens to the whole network.
const HOST = process.env.HOST || '127.0.0.1'
const PORT = process.env.PORT || '3000'

await ensureInstalled()
if (!existsSync(`${root}.next/BUILD_ID`)) fail('There is no build yet: run `npm run build` first.')

const { ended } = together([{ name: 'console', args: startArgs(HOST, PORT), env: { HOST, PORT, ...startEnv } }])
const first = await ended
// Killed by the system, it has no code of its own; only what we were told to stop ended well.
process.exit(first ? (first.code ?? 1) : 0)
