import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The project's folder: every program is started there. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/** The caller's environment without what would reach out of this machine or change a result. */
export const quiet = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' }

// Node runs Next's own file, not npx: one process, which gets our signals itself.
export const next = 'node_modules/next/dist/bin/next'

/** How Node serves the console as built. */
export const startArgs = (host, port) => [
  ...['--import', './scripts/preload.mjs'],
  // Longer than a reverse proxy or a client keeps a connection that it does not use: whoever writes to one that was just closed fails.
  ...[next, 'start', '-H', host, '-p', port, '--keepAliveTimeout', '65000'],
]

/**
 * What it needs in its environment beside its settings. Each thread of Node's gets an area of memory of its own from glibc, and
 * what is freed in one helps no other: under load they grow to hundreds of megabytes. Two do as well.
 */
export const startEnv = { NODE_ENV: 'production', MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX || '2' }

/** Of a server that runs for days the last words will do. */
const mostChunks = 500

/** Keeps what a program says, and hands it out when it turns out to matter. */
export function keepOutput(child) {
  const chunks = []
  const keep = (chunk) => {
    chunks.push(chunk)
    if (chunks.length > mostChunks) chunks.shift()
  }
  for (const stream of [child.stdout, child.stderr]) stream.on('data', keep)
  return { tell: () => process.stderr.write(Buffer.concat(chunks)) }
}

/** Runs a program to its end with our terminal, or `silent` unless it fails, and answers its exit code. */
export function run(command, args, env = {}, silent = false) {
  return new Promise((resolve, reject) => {
    const stdio = silent ? ['inherit', 'pipe', 'pipe'] : 'inherit'
    const child = spawn(command, args, { cwd: root, stdio, env: { ...quiet, ...env } })
    const output = silent ? keepOutput(child) : undefined
    child.once('error', reject)
    child.once('close', (code, signal) => {
      if (signal || code !== 0) output?.tell()
      resolve(signal ? 1 : (code ?? 1))
    })
  })
}

export const runNode = (args, env, silent) => run(process.execPath, args, env, silent)

/** npm as it was started, where it was: `npm` alone is no program on every system. */
export function runNpm(args, env) {
  const npm = process.env.npm_execpath
  return npm ? runNode([npm, ...args], env) : run('npm', args, env)
}

/** Ends with one sentence instead of a stack. */
export function fail(sentence) {
  console.error(sentence)
  process.exit(1)
}
