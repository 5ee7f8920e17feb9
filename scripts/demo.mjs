import { ensureBuilt } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { serveAndTell } from './serve.mjs'

await ensureInstalled()
await ensureBuilt({ silent: true })
await serveAndTell({ port: process.env.PORT || '3000', silent: true })
