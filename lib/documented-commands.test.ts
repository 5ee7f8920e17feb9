import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { demoAccounts } from './auth/demo'
import { openDb } from './db/open'
import { parseEnv } from './env/config'
import { demo } from './sandbox/demo'
import { documentedCommands, isSetting, readText, root, shellBlocks, shellBlocksOf } from './testing/documentation'
import { freePort } from './testing/free-port'
import { bash, whileRunning } from './testing/processes'

/*
 * Commands of the documentation are run as they stand there, on ports and folders of their own. `npm test` does so after its
 * build, which the demo and the console alone need.
 */

const folder = mkdtempSync(join(tmpdir(), 'documented-commands-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function expectPage(address: string, text: string) {
  const answer = await fetch(address, { signal: AbortSignal.timeout(60_000) })
  expect(answer.status).toBe(200)
  expect(await answer.text()).toContain(text)
}

/** The console and its sandbox together, as a visitor finds them. */
const servesDemo = async (command: string) => {
  const [port, SANDBOX_PORT, SANDBOX_CONTROL_PORT] = [
    String(await freePort()),
    String(await freePort()),
    String(await freePort()),
  ]
  const ready = { env: { PORT: port, SANDBOX_PORT, SANDBOX_CONTROL_PORT }, ready: /Press Ctrl-C to stop/ }
  await whileRunning(command, ready, async () => {
    for (const { email } of demoAccounts) await expectPage(`http://127.0.0.1:${port}/sign-in`, email)
  })
}

const withSandbox = async (work: (ports: { api: string; control: string }) => Promise<void>) => {
  const ports = { api: String(await freePort()), control: String(await freePort()) }
  const env = { SANDBOX_PORT: ports.api, SANDBOX_CONTROL_PORT: ports.control }
  await whileRunning('npm run sandbox', { env, ready: /SWR sandbox http/ }, () => work(ports))
}

const setMood = `curl http://127.0.0.1:4101/mood -X PUT -d '{"organization": "payments", "mood": "as-recorded", "lies": 0.05, "seed": 7}'`

/** How each command is run. Ports and folders of the machine are replaced, nothing else. */
const runs: Readonly<Record<string, (command: string) => Promise<void>>> = {
  'npm run demo': servesDemo,
  'npm run dev': servesDemo,
  'npm run sandbox': () =>
    withSandbox(async ({ api }) => {
      const unsigned = await fetch(`http://127.0.0.1:${api}/v2/${demo.project}/instances`)
      expect(unsigned.status).toBe(401)
    }),
  'curl http://127.0.0.1:4101/health': (command) =>
    withSandbox(async ({ control }) => {
      await bash(command.replace('4101', control).replace('curl', 'curl --fail'))
    }),
  [setMood]: (command) =>
    withSandbox(async ({ control }) => {
      const mood = await bash(command.replace('4101', control).replace('curl', 'curl --fail'))
      expect(JSON.parse(mood)).toMatchObject({ mood: 'as-recorded', lies: 0.05, seed: 7 })
    }),
  'npm start': (command) =>
    withSandbox(async ({ api }) => {
      const PORT = String(await freePort())
      const account = { SWR_REGION: demo.region, SWR_PROJECT_ID: demo.project, SWR_ENDPOINT: `http://127.0.0.1:${api}` }
      const keys = { CLOUD_SDK_AK: demo.access, CLOUD_SDK_SK: demo.secret }
      const CONSOLE_SECRET = (await bash('openssl rand -base64 48')).replaceAll('\n', '')
      const env = { PORT, ...account, ...keys, CONSOLE_SECRET, DATA_DIR: join(folder, 'console') }
      await whileRunning(command, { env, ready: /\/set-up\S*/ }, () =>
        expectPage(`http://127.0.0.1:${PORT}/sign-in`, '</html>'),
      )
    }),
  'npm run prune -- --before 2025-01-01 --export audit-2024.jsonl': async (command) => {
    const data = join(folder, 'pruned')
    await (await openDb(data)).close()
    const file = join(folder, 'audit-2024.jsonl')
    const output = await bash(command.replace('audit-2024.jsonl', file), { DATA_DIR: data })
    expect(output).toContain('0 entries from before 2025-01-01')
    expect(readFileSync(file, 'utf8')).toBe('')
  },
  'npm run prune -- --jobs-before 2025-01-01': async (command) => {
    const data = join(folder, 'pruned-jobs')
    await (await openDb(data)).close()
    expect(await bash(command, { DATA_DIR: data })).toContain('0 jobs that ended before 2025-01-01')
  },
  'npm run architecture -- --write': async (command) => {
    const before = readText('docs/architecture.md')
    try {
      await bash(command)
      expect(readText('docs/architecture.md')).toBe(before)
    } finally {
      writeFileSync(join(root, 'docs/architecture.md'), before)
    }
  },
  'npm run fonts': async (command) => {
    const place = join(root, 'app/fonts')
    const contents = () => new Map(readdirSync(place).map((file) => [file, readFileSync(join(place, file), 'base64')]))
    const before = contents()
    try {
      await bash(command)
      expect(contents()).toEqual(before)
    } finally {
      for (const [file, content] of before) writeFileSync(join(place, file), content, 'base64')
    }
  },
  'openssl rand -base64 48': async (command) => {
    expect((await bash(command)).trim()).toHaveLength(64)
  },
}

const measures = 'measures the console and needs a quiet machine for minutes'
const step = 'a step of `npm test` itself'
/** What is not run here, and why. */
const notRun: Readonly<Record<string, string>> = {
  'npm test': 'runs this test',
  'npm run commands': 'runs this test',
  'npm run types': step,
  'npm run lint': step,
  'npm run unused': step,
  'npm run architecture': step,
  'npm run unit': step,
  'npm run build': step,
  'npm run e2e': step,
  'npm run unit -- lib/policy': 'a part of a step; that the filter finds tests is tested below',
  'npm run unit -- lib/api': 'a part of a step; that the filter finds tests is tested below',
  'npm run e2e -- replication-list': 'a part of a step; that the filter finds tests is tested below',
  'npm run format': 'changes the sources; the step `lint` fails wherever it would',
  'npm run bench': measures,
  'npm run sizes': step,
  'npm run bench -- --write': measures,
  'npm run bench -- large': measures,
  'npm run bench:load': measures,
  'npm run bench:load -- --write': measures,
  'npm run bench:load -- --people 20 --minutes 1': measures,
  'npm run bench:sync': measures,
  'npm run bench:sync -- --write': measures,
  'npm run bench:retention': measures,
  'npm run bench:sync -- --kills 20': measures,
  // Written for a console that has a token: lib/api/v1/documentation.test.ts runs them together.
  ...Object.fromEntries(
    [...shellBlocksOf('docs/api.md'), ...shellBlocksOf('docs/configuration.md').filter((block) => /swrc_/.test(block))]
      .flatMap((block) => block.split('\n'))
      .filter(Boolean)
      .map((line) => [line, 'run by the tests of the public API']),
  ),
  pg_dump: 'names a program of PostgreSQL, whose server is the operator’s',
}

test('every documented command is run, or has a reason', () => {
  expect(documentedCommands.filter((command) => !(command in runs) && !(command in notRun))).toEqual([])
})

test('every command that is run or excused is documented', () => {
  expect(
    [...Object.keys(runs), ...Object.keys(notRun)].filter((command) => !documentedCommands.includes(command)),
  ).toEqual([])
})

test('steps of `npm test` are what they are said to be', () => {
  const steps = [...readText('scripts/check.mjs').matchAll(/(?:name: |vitest\()'(\w+)'/g)].map(
    ([, name]) => `npm run ${name}`,
  )
  const excused = Object.entries(notRun).flatMap(([command, reason]) => (reason === step ? [command] : []))
  expect(excused.filter((command) => !steps.includes(command))).toEqual([])
})

test.each(
  documentedCommands.flatMap((command) => {
    const [, name = '', filter = ''] = /^npm run (unit|e2e) -- (\S+)$/.exec(command) ?? []
    return name ? [{ name, filter }] : []
  }),
)('$name finds tests for $filter', ({ name, filter }) => {
  const place = name === 'unit' ? 'lib' : 'e2e'
  const files = readdirSync(join(root, place), { recursive: true, encoding: 'utf8' }).map((file) => `${place}/${file}`)
  expect(files.filter((file) => /\.(test|e2e)\.ts$/.test(file) && file.includes(filter))).not.toEqual([])
})

test('settings in shell blocks are a configuration that the console accepts', async () => {
  const settings = shellBlocks.filter((block) => block.split('\n').some(isSetting))
  expect(settings.length).toBeGreaterThan(0)
  const account = {
    SWR_REGION: 'r',
    SWR_PROJECT_ID: demo.project,
    CLOUD_SDK_AK: demo.access,
    CLOUD_SDK_SK: demo.secret,
  }
  for (const block of settings) {
    const output = await bash(`set -a\n${block}\nenv -0`)
    const env = Object.fromEntries(
      output.split('\0').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    )
    expect(() => parseEnv({ ...env, ...account }, () => '')).not.toThrow()
  }
})

describe('runs', () => {
  test.each(Object.keys(runs))('%s', { timeout: 240_000 }, async (command) => {
    await runs[command]?.(command)
  })
})
