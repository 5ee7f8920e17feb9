import { ensureInstalled } from './install.mjs'
import { serveAndTell } from './serve.mjs'

await ensureInstalled()
await serveAndTell({ port: process.env.PORT || '3000', live: true })
