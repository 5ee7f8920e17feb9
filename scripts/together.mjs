import { spawn } from 'node:child_process'
import { fail, keepOutput, quiet, root } from './run.mjs'

// The longest a write may take from first to last: its turn, three requests to SWR, the audit log.
const longestWriteSeconds = 240

/** How long a program may go on after it was told to stop. `SHUTDOWN_SECONDS` changes it. */
const patience = () => {
  const seconds = Number(process.env.SHUTDOWN_SECONDS || longestWriteSeconds)
  if (!(seconds > 0)) fail('SHUTDOWN_SECONDS must be a number of seconds.')
  return seconds * 1000
}

/**
 * Node programs that live and die together: when one ends, or we are told to, the others are stopped.
 * `ended` tells the first program that ended by itself, or null when we stopped them; `pids` are their process ids by name.
 * `silent`: what they say is only shown when one of them ends by itself.
 */
export function together(programs, { silent = false } = {}) {
  const patienceMs = patience()
  let stopping = false
  const stdio = silent ? ['inherit', 'pipe', 'pipe'] : 'inherit'
  const children = programs.map(({ name, args, env }) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio, env: { ...quiet, ...env } })
    return { name, process: child, output: silent ? keepOutput(child) : undefined }
  })
  const ends = children.map(
    ({ name, process: child }) =>
      new Promise((resolve) => {
        child.once('error', (error) => resolve({ name, how: error.message }))
        child.once('exit', (code, signal) => resolve({ name, code, how: signal ?? `exit code ${code}` }))
      }),
  )

  async function stop() {
    stopping = true
    for (const { process: child } of children) child.kill('SIGTERM')
    const hard = setTimeout(() => {
      for (const { process: child } of children) child.kill('SIGKILL')
    }, patienceMs)
    await Promise.all(ends)
    clearTimeout(hard)
  }

  const ended = Promise.race(ends).then(async (first) => {
    if (stopping) return null
    await stop()
    for (const { output } of children) output?.tell()
    return first
  })
  // Ctrl-C reaches the children too, by the terminal: whoever ends first then was told to.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, stop)
  const pids = Object.fromEntries(children.map(({ name, process: { pid } }) => [name, pid]))
  return { stop, ended, pids }
}

/** Waits for 2xx from `address`: `up`, `ended` when a program ended first, `silent` when the time is over. */
export async function answers(address, ended, seconds = 120) {
  let over = false
  void ended.then(() => {
    over = true
  })
  for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
    if (over) return 'ended'
    const answer = await fetch(address, { signal: AbortSignal.timeout(5000) }).catch(() => null)
    if (answer?.ok) return 'up'
    await new Promise((resolve) => setTimeout(resolve, 150))
  }
  return 'silent'
}
