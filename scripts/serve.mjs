import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, isFree } from './port.mjs'
import { fail, next, root, startArgs, startEnv } from './run.mjs'
import { answers, together } from './together.mjs'

// What the caller's environment may hold of a real account or a real console has no place beside the sandbox. Empty, not
// absent: Next would fill in what an .env.local says.
const nothingReal = Object.fromEntries(
  [
    ...['SWR_CONNECTIONS_FILE', 'CLOUD_SDK_SECURITY_TOKEN', 'DATA_DIR', 'DATABASE_URL', 'PASSWORD_SIGN_IN'],
    ...['TRUSTED_PROXIES', 'CONSOLE_SECRET', 'CONSOLE_URL', 'CONSOLE_ADMIN_EMAIL', 'CONSOLE_ADMIN_PASSWORD'],
    ...['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_SCOPES', 'OIDC_ROLE_CLAIM', 'OIDC_ROLE_MAP'],
  ].map((name) => [name, '']),
)

/** `first` is the program that ended by itself; null when we were told to stop. */
function endWith(first) {
  if (!first) process.exit(0)
  fail(`The ${first.name} ended (${first.how}); the other was stopped.`)
}

async function demoOf(file) {
  const { tsImport } = await import('tsx/esm/api')
  return await tsImport(file, `file://${root}`)
}

/** The file of the further connections, whose address is known only now. Their keys stay in the environment. */
function connectionsFile({ demoEurope, demoHongKong }, endpoint) {
  const folder = mkdtempSync(join(tmpdir(), 'swr-console-demo-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'connections.yaml')
  const further = [
    { id: 'frankfurt', name: 'Frankfurt', of: demoEurope, variable: 'DEMO_EUROPE' },
    { id: 'hongkong', name: 'Hong Kong', of: demoHongKong, variable: 'DEMO_HONG_KONG' },
  ]
  const connections = further.map(({ id, name, of: { region, project }, variable }) => {
    const keys = { access: { env: `${variable}_AK` }, secret: { env: `${variable}_SK` } }
    return { id, name, region, project, endpoint, ...keys }
  })
  // JSON is YAML.
  writeFileSync(file, JSON.stringify(connections))
  return file
}

/**
 * Serves the console on `port` of this machine's loopback address, connected to a sandbox of its own.
 * `live` reloads both when their sources change, `silent` shows what they say only when one of them fails; `imports` are modules
 * that the console loads before all else, `env` what it has beside; `size` is what the
 * sandbox holds beside the demo. Resolves when the console answers.
 */
export async function serve({ port, live = false, silent = false, imports = [], env = {}, size }) {
  if (!/^[1-9]\d{0,4}$/.test(port) || Number(port) > 65_535) fail(`PORT must be a port number, not "${port}".`)
  if (!(await isFree(Number(port)))) {
    fail(`Port ${port} is taken: stop what listens there, or choose another with PORT=${Number(port) + 1}.`)
  }
  const wanted = { port: process.env.SANDBOX_PORT || 4100, control: process.env.SANDBOX_CONTROL_PORT || 4101 }
  const sandbox = { port: await freePort(Number(wanted.port)), control: await freePort(Number(wanted.control)) }
  const accounts = await demoOf('./lib/sandbox/demo.ts')
  const { demo, demoEurope, demoHongKong } = accounts
  const endpoint = `http://127.0.0.1:${sandbox.port}`
  const listen = 'lib/sandbox/listen.ts'

  const programs = [
    {
      name: 'sandbox',
      args: live ? ['node_modules/tsx/dist/cli.mjs', 'watch', listen] : ['--import', 'tsx', listen],
      env: {
        SANDBOX_PORT: String(sandbox.port),
        SANDBOX_CONTROL_PORT: String(sandbox.control),
        ...(size && { SANDBOX_SIZE: size }),
      },
    },
    {
      name: 'console',
      args: [
        ...imports.flatMap((module) => ['--import', module]),
        ...(live ? [next, 'dev', '-H', '127.0.0.1', '-p', port] : startArgs('127.0.0.1', port)),
      ],
      env: {
        ...nothingReal,
        // Accounts of each role and a database in memory, as fresh as the sandbox.
        CONSOLE_DEMO: '1',
        ...(live ? { NODE_ENV: 'development' } : startEnv),
        HOST: '127.0.0.1',
        PORT: port,
        SWR_REGION: demo.region,
        SWR_PROJECT_ID: demo.project,
        SWR_ENDPOINT: endpoint,
        CLOUD_SDK_AK: demo.access,
        CLOUD_SDK_SK: demo.secret,
        SWR_CONNECTIONS_FILE: connectionsFile(accounts, endpoint),
        DEMO_EUROPE_AK: demoEurope.access,
        DEMO_EUROPE_SK: demoEurope.secret,
        DEMO_HONG_KONG_AK: demoHongKong.access,
        DEMO_HONG_KONG_SK: demoHongKong.secret,
        ...env,
      },
    },
  ]
  const running = together(programs, { silent })
  const address = `http://127.0.0.1:${port}`
  for (const health of [`http://127.0.0.1:${sandbox.control}/health`, `${address}/api/health`]) {
    const how = await answers(health, running.ended)
    if (how === 'ended') endWith(await running.ended)
    if (how === 'silent') {
      await running.stop()
      fail(`No answer from ${health}; both were stopped.`)
    }
  }
  return { ...running, address, sandbox }
}

/** Serves until told to stop, and says where and how to sign in. */
export async function serveAndTell(options) {
  const running = await serve(options)
  const { demoAccounts } = await demoOf('./lib/auth/demo.ts')
  const widest = Math.max(...demoAccounts.map(({ email }) => email.length))
  console.log(`
The console:       ${running.address}
The sandbox:       http://127.0.0.1:${running.sandbox.port} (simulates SWR; no real account is touched)
Its control port:  http://127.0.0.1:${running.sandbox.control}

Sign in with one of these accounts; each role has its own:
${demoAccounts.map(({ email, password }) => `  ${email.padEnd(widest)}  ${password}`).join('\n')}

All data is in memory and is gone when this ends. Press Ctrl-C to stop.`)
  endWith(await running.ended)
}
