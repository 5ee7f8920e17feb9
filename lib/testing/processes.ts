import { execFile, spawn } from 'node:child_process'
import { promisify } from 'node:util'
import { root } from './documentation'

type Env = Readonly<Record<string, string>>

/** The caller's environment, in which nothing says what a test runner or a real account needs. Empty is unset. */
const environment = {
  ...process.env,
  ...Object.fromEntries(
    Object.keys(process.env)
      .filter((name) => /^(HOST|PORT|DATA_DIR|DATABASE_URL|(SWR|CLOUD_SDK|CONSOLE|OIDC)_\w+)$/.test(name))
      .map((name) => [name, '']),
  ),
}
/** Told it is a test, Next and the console would behave otherwise than for a reader. */
const shell = (command: string) => ['-u', 'NODE_ENV', '-u', 'VITEST', 'bash', '-c', command]

/** Runs a command to its end in the project's folder and answers what it prints; throws when it fails. */
export const bash = async (command: string, env: Env = {}): Promise<string> =>
  (await promisify(execFile)('env', shell(command), { cwd: root, env: { ...environment, ...env } })).stdout

const startMs = 120_000

/** Starts a command that goes on, waits until it prints `ready`, does `work`, and stops it as Ctrl-C would. */
export async function whileRunning(
  command: string,
  { env, ready }: { readonly env: Env; readonly ready: RegExp },
  work: () => Promise<void>,
): Promise<void> {
  const child = spawn('env', shell(command), { cwd: root, env: { ...environment, ...env }, detached: true })
  // The whole group, as a terminal does.
  const signal = (name: NodeJS.Signals) => {
    if (child.pid === undefined) return
    try {
      process.kill(-child.pid, name)
    } catch {
      // Nobody of the group is left.
    }
  }
  let output = ''
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`"${command}" did not get ready:\n${output}`)), startMs)
      const look = (chunk: Buffer) => {
        output += chunk
        if (!ready.test(output)) return
        clearTimeout(timer)
        resolve()
      }
      child.stdout.on('data', look)
      child.stderr.on('data', look)
      void ended.then((code) => {
        clearTimeout(timer)
        reject(new Error(`"${command}" ended with ${code}:\n${output}`))
      })
    })
    await work()
  } finally {
    signal('SIGINT')
    const hard = setTimeout(() => signal('SIGKILL'), 20_000)
    await ended
    clearTimeout(hard)
  }
}
