import { freePort, isFree } from './port.mjs'
import { fail, next, root, startArgs } from './run.mjs'
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

async function sandboxCredential() {
  const { tsImport } = await import('tsx/esm/api')
  return (await tsImport('./lib/sandbox/demo.ts', `file://${root}`)).demo
}

/**
 * Serves the console on `port` of this machine's loopback address, connected to a sandbox of its own.
 * `live` reloads both when their sources change. Resolves when the console answers.
 */
export async function serve({ port, live = false }) {
  if (!/^[1-9]\d{0,4}$/.test(port) || Number(port) > 65_535) fail(`PORT must be a port number, not "${port}".`)
  if (!(await isFree(Number(port)))) {
    fail(`Port ${port} is taken: stop what listens there, or choose another with PORT=${Number(port) + 1}.`)
  }
  const wanted = { port: process.env.SANDBOX_PORT || 4100, control: process.env.SANDBOX_CONTROL_PORT || 4101 }
  const sandbox = { port: await freePort(Number(wanted.port)), control: await freePort(Number(wanted.control)) }
  const { access, secret, project, region } = await sandboxCredential()
  const listen = 'lib/sandbox/listen.ts'

  const running = together([
    {
      name: 'sandbox',
      args: live ? ['node_modules/tsx/dist/cli.mjs', 'watch', listen] : ['--import', 'tsx', listen],
      env: { SANDBOX_PORT: String(sandbox.port), SANDBOX_CONTROL_PORT: String(sandbox.control) },
    },
    {
      name: 'console',
      args: live ? [next, 'dev', '-H', '127.0.0.1', '-p', port] : startArgs('127.0.0.1', port),
      env: {
        ...nothingReal,
        // Accounts of each role and a database in memory, as fresh as the sandbox.
        CONSOLE_DEMO: '1',
        NODE_ENV: live ? 'development' : 'production',
        HOST: '127.0.0.1',
        PORT: port,
        SWR_REGION: region,
        SWR_PROJECT_ID: project,
        SWR_ENDPOINT: `http://127.0.0.1:${sandbox.port}`,
        CLOUD_SDK_AK: access,
        CLOUD_SDK_SK: secret,
      },
    },
  ])
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

/** Serves until told to stop, and says where. */
export async function serveAndTell(options) {
  const running = await serve(options)
  console.log(`\nThe console:       ${running.address}`)
  console.log(`The sandbox:       http://127.0.0.1:${running.sandbox.port} (simulates SWR)`)
  console.log(`Its control port:  http://127.0.0.1:${running.sandbox.control}`)
  console.log('Ctrl-C stops both.\n')
  endWith(await running.ended)
}
