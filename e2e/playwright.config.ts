import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from '@playwright/test'
import { address, consoleSecret, ports, secretVariables } from './accounts'
import { admin } from './people'

const root = fileURLToPath(new URL('..', import.meta.url))
const gracefulShutdown = { signal: 'SIGTERM', timeout: 5000 } as const
// Without the switches the browser looks for its maker's servers, many at a time.
const alone = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic']
const chromium = process.env.CHROMIUM_PATH || ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync)

// What the caller's environment may hold of a real account or a real console stays out: an empty variable is an unset one.
const nothingReal = Object.fromEntries(
  `SWR_REGION SWR_PROJECT_ID SWR_ENDPOINT CONSOLE_URL CONSOLE_SECRET CONSOLE_DEMO CONSOLE_ADMIN_EMAIL
   CONSOLE_ADMIN_PASSWORD DATA_DIR DATABASE_URL PASSWORD_SIGN_IN OIDC_ISSUER OIDC_CLIENT_ID OIDC_CLIENT_SECRET
   OIDC_ROLE_MAP OIDC_ROLE_CLAIM OIDC_SCOPES TRUSTED_PROXIES`
    .split(/\s+/)
    .map((variable) => [variable, '']),
)

const consoleServer = (name: string, port: number, connections: string, accounts: Record<string, string>) => ({
  name,
  command: `node --import ./scripts/preload.mjs node_modules/next/dist/bin/next start -H 127.0.0.1 -p ${port}`,
  cwd: root,
  url: `http://127.0.0.1:${port}/api/health`,
  timeout: 90_000,
  gracefulShutdown,
  env: {
    ...nothingReal,
    ...secretVariables,
    ...accounts,
    NEXT_TELEMETRY_DISABLED: '1',
    HOST: '127.0.0.1',
    PORT: String(port),
    SWR_CONNECTIONS_FILE: `${root}e2e/${connections}`,
    // Twelve seconds: what is reported and never arrives is seen to be missing within a test.
    SYNC_VERIFY_MINUTES: '0.2',
  },
})

export default defineConfig({
  testMatch: '*.e2e.ts',
  outputDir: 'results',
  reporter: [['list'], ['json', { outputFile: 'report/results.json' }]],
  globalSetup: './setup.ts',
  fullyParallel: true,
  // Two cores keep up with six browsers without windows: much of a test is waiting for runs and intervals.
  workers: 6,
  // CI runs beside other work: what fails once and then passes is reported as flaky, what fails twice is broken.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 15_000 },
  use: {
    baseURL: address.console,
    locale: 'en-GB',
    timezoneId: 'Asia/Shanghai',
    colorScheme: 'light',
    viewport: { width: 1440, height: 900 },
    // Recording takes a third of the time of a run: what fails is run again with `--trace on`.
    trace: 'on-first-retry',
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
    consoleServer('console', ports.console, 'connections.yaml', {
      CONSOLE_SECRET: consoleSecret,
      CONSOLE_ADMIN_EMAIL: admin.email,
      CONSOLE_ADMIN_PASSWORD: admin.password,
      DATA_DIR: 'memory://',
    }),
    consoleServer('refused', ports.refused, 'refused.yaml', { CONSOLE_DEMO: '1' }),
  ],
})
