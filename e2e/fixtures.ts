import { randomUUID } from 'node:crypto'
import { type APIRequestContext, test as base, expect } from '@playwright/test'
import type { Role } from '@/lib/contract/roles'
import type { InstanceLocation } from '@/lib/routes'
import type { Copy } from '@/lib/sandbox/basic/copies'
import type { Received } from '@/lib/sandbox/world'
import { expectAccessible } from './accessibility'
import { address, type ConnectionId } from './accounts'
import { type Account, cookiesOf, invite, nobody, stranger, visitor } from './people'
import { type Content, type Mood, type RepositoryContent, Sandbox } from './sandbox'
import { Bytes } from './secrecy'

/** An instance that no other test knows, as the console's routes take it. */
export interface Place extends InstanceLocation {
  /** Requests that SWR received for this instance, oldest first; `method` picks among them. */
  received(method?: string): Promise<Received[]>
  /** How long a task of its executions takes. */
  pace(secondsPerTask: number): Promise<unknown>
}

/** An organization of the Basic Edition that no other test knows. */
interface Organization {
  name: string
  received(method?: string): Promise<Received[]>
  synced(): Promise<Copy[]>
}

interface Fixtures {
  /** Who is signed in: `test.use({ role: 'viewer' })`. */
  role: Role | 'nobody'
  /** An admin who does what the test needs done elsewhere. */
  asAdmin: APIRequestContext
  /** Another browser, where nobody is signed in. */
  elsewhere: APIRequestContext
  /** An account that no other test knows. */
  account: (role: Role, name?: string) => Promise<Account>
  /** What the browser may complain of in this test: `test.use({ expectedErrors: [/503/] })`. All else fails it. */
  expectedErrors: RegExp[]
  noErrors: undefined
  sandbox: Sandbox
  place: (content: Content, connection?: ConnectionId) => Promise<Place>
  organization: (
    repositories: RepositoryContent[],
    more?: { tagSearch?: 'part' | 'whole' } & Mood,
  ) => Promise<Organization>
  bytes: Bytes
  accessible: () => Promise<void>
}

const picked = (requests: Received[], method?: string) =>
  method ? requests.filter((request) => request.method === method) : requests

export const test = base.extend<Fixtures>({
  expectedErrors: [[], { option: true }],

  role: ['admin', { option: true }],

  storageState: async ({ role }, use) => {
    await use(role === 'nobody' ? undefined : cookiesOf(role))
  },

  // The limits by address are for one visitor, and tests are many at once.
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs off its first parameter
  extraHTTPHeaders: async ({}, use) => {
    await use(visitor())
  },

  elsewhere: async ({ playwright, baseURL }, use) => {
    const context = await playwright.request.newContext({ baseURL, storageState: nobody })
    await use(context)
    await context.dispose()
  },

  asAdmin: async ({ playwright }, use) => {
    const context = await playwright.request.newContext({ storageState: cookiesOf('admin') })
    await use(context)
    await context.dispose()
  },

  account: async ({ asAdmin }, use) => {
    await use((role, name) => invite(asAdmin, stranger(role, name)))
  },

  noErrors: [
    async ({ context, expectedErrors }, use) => {
      const errors: string[] = []
      context.on('console', (message) => {
        if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`)
      })
      context.on('weberror', (error) => errors.push(error.error().stack ?? error.error().message))
      await use(undefined)
      expect(errors.filter((text) => !expectedErrors.some((expected) => expected.test(text)))).toEqual([])
    },
    { auto: true },
  ],

  // Playwright reads a fixture's needs off its first parameter, which must be written as an object.
  sandbox: async ({ baseURL: _ }, use) => {
    await use(new Sandbox(address.control))
  },

  place: async ({ sandbox }, use) => {
    await use(async (content, connection = 'default') => {
      const instance = await sandbox.instance(content)
      return {
        connection,
        instance,
        received: async (method) => picked(await sandbox.received({ instance }), method),
        pace: (seconds) => sandbox.pace(seconds, instance),
      }
    })
  },

  organization: async ({ sandbox }, use) => {
    await use(async (repositories, more) => {
      const name = `e2e-${randomUUID().slice(0, 8)}`
      await sandbox.organization(name, repositories, more)
      // Where it is sent to there is one of the same name, as there usually is.
      for (const region of ['cn-east-3', 'cn-north-208']) await sandbox.organization(name, [], { region })
      return {
        name,
        received: async (method) => picked(await sandbox.received({ organization: name }), method),
        synced: () => sandbox.synced(name),
      }
    })
  },

  bytes: async ({ context }, use) => {
    await use(new Bytes(context))
  },

  accessible: async ({ page }, use) => {
    await use(() => expectAccessible(page))
  },
})

export { expect }

/** Both languages and both themes, the way a browser brings them along: `test.use(look)`. */
export const looks = [
  { locale: 'en-GB', colorScheme: 'light' },
  { locale: 'en-GB', colorScheme: 'dark' },
  { locale: 'zh-CN', colorScheme: 'light' },
  { locale: 'zh-CN', colorScheme: 'dark' },
] as const
