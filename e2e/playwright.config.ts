import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from '@playwright/test'
import { address, ports, secretVariables } from './accounts'

const root = fileURLToPath(new URL('..', import.meta.url))
const gracefulShutdown = { signal: 'SIGTERM', timeout: 5000 } as const
// Without the switches the browser looks for its maker's servers, many at a time.
const alone = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic']
const chromium = process.env.CHROMIUM_PATH || ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync)

const consoleServer = (name: string, port: number, connections: string) => ({
  name,
  command: `node node_modules/next/dist/bin/next start -H 127.0.0.1 -p ${port}`,
  cwd: root,
  url: `http://127.0.0.1:${port}/api/health`,
  timeout: 90_000,
  gracefulShutdown,
  env: {
    ...secretVariables,
    NEXT_TELEMETRY_DISABLED: '1',
    HOST: '127.0.0.1',
    PORT: String(port),
    SWR_CONNECTIONS_FILE: `${root}e2e/${connections}`,
    // A real account in the caller's environment stays out: an empty variable is an unset one.
    SWR_REGION: '',
    SWR_PROJECT_ID: '',
    SWR_ENDPOINT: '',
  },
})

export default defineConfig({
  testMatch: '*.e2e.ts',
  outputDir: 'results',
  reporter: [['list'], ['json', { outputFile: 'report/results.json' }]],
  globalSetup: './setup.ts',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 15_000 },
  use: {
    baseURL: address.console,
    locale: 'en-GB',
    timezoneId: 'Asia/Shanghai',
    colorScheme: 'light',
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: chromium,
      // As root Chromium has no sandbox of its own to enter.
      args: [
        ...alone,
        '--no-first-run',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    },
  },
  webServer: [
    {
      name: 'sandbox',
      command: 'node --import tsx lib/sandbox/listen.ts',
      cwd: root,
      url: `${address.control}/health`,
      timeout: 90_000,
      gracefulShutdown,
      env: { SANDBOX_PORT: String(ports.sandbox), SANDBOX_CONTROL_PORT: String(ports.control) },
    },
    consoleServer('console', ports.console, 'connections.yaml'),
    consoleServer('refused', ports.refused, 'refused.yaml'),
  ],
})
