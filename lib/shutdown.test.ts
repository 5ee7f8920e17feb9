import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { type SwrOperation, swrRoutes } from './contract/swr/operations'
import type { SwrRoute } from './contract/swr/route'
import { secondsToWrite } from './swr/writes/update'

const root = fileURLToPath(new URL('..', import.meta.url))
let child: ChildProcess | undefined
afterEach(() => {
  child?.kill('SIGKILL')
})

/** A program under `together`, as the console is: told to end, it works on for so long. Answers what it got to say. */
async function toldToEnd(workMs: number, seconds: string): Promise<string> {
  const program = `process.on('SIGTERM', () => setTimeout(() => { console.log('done'); process.exit() }, ${workMs})); setInterval(() => {}, 1000); console.log('up')`
  const args = `[{ name: 'worker', args: ['-e', ${JSON.stringify(program)}], env: {} }]`
  const script = `import { together } from './scripts/together.mjs'; await together(${args}).ended`
  const env = { ...process.env, SHUTDOWN_SECONDS: seconds }
  child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (!child.stdout) throw new Error('no output')
  await once(child.stdout, 'data')
  child.kill('SIGTERM')
  return (await text(child.stdout)).trim()
}

test('what a program is busy with when it is told to end is waited for', async () => {
  expect(await toldToEnd(1500, '')).toBe('done')
  expect(await toldToEnd(500, '5')).toBe('done')
}, 20_000)

test('but not longer than the setting says', async () => {
  expect(await toldToEnd(10_000, '1')).toBe('')
}, 20_000)

test('by default as long as the longest write takes', () => {
  const names = (Object.entries(swrRoutes) as [SwrOperation, SwrRoute][]).flatMap(([name, { risk }]) =>
    risk === 'read' ? [] : [name],
  )
  const [, seconds] = /longestWriteSeconds = (\d+)/.exec(readFileSync(`${root}scripts/together.mjs`, 'utf8')) ?? []
  expect(Number(seconds)).toBe(Math.max(...names.map(secondsToWrite)))
})
