import { demo, demoEurope, demoHongKong } from '@/lib/sandbox/demo'

/** Where the programs of the browser tests listen; uncommon, so that a running demo is not in the way. */
export const ports = { console: 3210, refused: 3211, sandbox: 4210, control: 4211 } as const
export const address = {
  console: `http://127.0.0.1:${ports.console}`,
  /** A second console, for tests of refusal: its front page asks by every key, and bad signatures lock a key. It is a demo. */
  refused: `http://127.0.0.1:${ports.refused}`,
  sandbox: `http://127.0.0.1:${ports.sandbox}`,
  control: `http://127.0.0.1:${ports.control}`,
} as const

interface Account {
  access: string
  /** What the console signs with. */
  secret: string
  securityToken?: string
  /** What the sandbox knows of this key: nothing, the same, or another secret. */
  known: 'from the start' | 'same' | 'other' | 'not'
}

/** One for each connection of connections.yaml and refused.yaml. Each has a key of its own: the sandbox locks keys. */
export const accounts = {
  default: { access: demo.access, secret: demo.secret, known: 'from the start' },
  frankfurt: { access: demoEurope.access, secret: demoEurope.secret, known: 'from the start' },
  hongkong: { access: demoHongKong.access, secret: demoHongKong.secret, known: 'from the start' },
  'wrong-secret': { access: 'E2EWRONGSECRETACCESS1', secret: 'E2eWrongSecretKeyOfTheConsole-0001', known: 'other' },
  'unknown-key': { access: 'E2EUNKNOWNKEYACCESS01', secret: 'E2eUnknownKeySecretKey-0000000001', known: 'not' },
  lock: { access: 'E2ELOCKACCESS00000001', secret: 'E2eLockSecretKeyOfTheConsole-00001', known: 'other' },
  down: { access: 'E2EDOWNACCESS00000001', secret: 'E2eDownSecretKey-0000000000000001', known: 'not' },
  temporary: {
    access: 'E2ETEMPORARYACCESS001',
    secret: 'E2eTemporarySecretKey-000000000001',
    securityToken: 'E2eSecurityTokenOfATemporaryKey-0000000000000001',
    known: 'same',
  },
} as const satisfies Record<string, Account>

export type ConnectionId = keyof typeof accounts

const all = Object.entries(accounts) as [ConnectionId, Account][]
const variable = (id: string, part: string) => `E2E_${id.toUpperCase().replaceAll('-', '_')}_${part}`

/** The variables that the two files name. */
export const secretVariables = Object.fromEntries(
  all.flatMap(([id, { access, secret, securityToken }]) => [
    [variable(id, 'AK'), access],
    [variable(id, 'SK'), secret],
    ...(securityToken ? [[variable(id, 'TOKEN'), securityToken]] : []),
  ]),
) as Record<string, string>

/** Keys as the sandbox must know them. */
export const sandboxKeys = all
  .filter(([, { known }]) => known === 'same' || known === 'other')
  .map(([, { access, secret, securityToken, known }]) => ({
    access,
    secret: known === 'other' ? `another-${secret}` : secret,
    securityToken,
    project: demo.project,
  }))

/** Signs the cookies of the first console. */
export const consoleSecret = 'mV3xQ8sT1kR6wY0pZ5nB7dF2gH4jL9cAeUiO'

/** None of these may reach a browser. */
export const secrets = [
  consoleSecret,
  ...all.flatMap(([, { access, secret, securityToken }]) =>
    [access, secret, securityToken].filter((text) => text !== undefined),
  ),
]
