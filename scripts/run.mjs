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
  ...[next, 'start', '-H', host, '-p', port],
]

/** Runs a program to its end with our terminal and answers its exit code. */
export function run(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: { ...quiet, ...env } })
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(signal ? 1 : (code ?? 1)))
  })
}

export const runNode = (args, env) => run(process.execPath, args, env)

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
