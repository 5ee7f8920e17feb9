import 'server-only'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { root } from './documentation'

/** A console's background work in a process of its own. */
export class JobProcess {
  private child: ChildProcess | undefined

  constructor(private readonly env: Readonly<Record<string, string>>) {}

  /** Resolves when it looks for jobs. Throws with what it printed when it ends before. */
  async start(): Promise<void> {
    const { NODE_ENV: _, VITEST: _vitest, ...inherited } = process.env
    const args = ['--conditions=react-server', '--import', 'tsx', 'lib/testing/job-process.ts']
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...inherited, NODE_ENV: 'test', ...this.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.child = child
    let output = ''
    await new Promise<void>((resolve, reject) => {
      const look = (chunk: Buffer) => {
        output += chunk.toString()
        if (output.includes('ready\n')) resolve()
      }
      child.stdout.on('data', look)
      child.stderr.on('data', look)
      child.once('exit', (code) => reject(new Error(`the job process ended with ${code}:\n${output}`)))
    })
  }

  /** As a power cut does: nothing of it is tidied up. */
  async kill(): Promise<void> {
    const { child } = this
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
}

/** Numbers from 0 to 1 that are the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

interface Kills {
  readonly kills: number
  readonly seed: number
  readonly mostMs: number
  /** Resolves once the process is at work. Every other moment counts from there, so that slow machines are not only killed before. */
  readonly working: () => Promise<void>
}

/** Starts and kills a process again and again, each time at another moment; answers the moments in milliseconds. */
export async function killAtRandom(worker: JobProcess, { kills, seed, mostMs, working }: Kills): Promise<number[]> {
  const random = seeded(seed)
  const moments: number[] = []
  for (let at = 0; at < kills; at++) {
    await worker.start()
    if (at % 2 === 1) await working()
    const ms = Math.round(random() * mostMs)
    await setTimeout(ms)
    await worker.kill()
    moments.push(ms)
  }
  return moments
}
