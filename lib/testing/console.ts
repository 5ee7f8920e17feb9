import 'server-only'
import { apiHandler } from '../api/handler'
import { type AuditFilters, listEntries } from '../audit/search'
import { identity } from '../auth/identity'
import { type ConsoleOperation, type ConsoleRoute, consoleRoutes } from '../contract/console/operations'
import type { OperationInput } from '../contract/parse-input'
import { fill, projectPlaceholder } from '../contract/path'
import type { Role } from '../contract/roles'
import { type SwrOperation, swrRoutes } from '../contract/swr/operations'
import type { SwrRoute } from '../contract/swr/route'
import type { Opened } from '../db/open'
import type { Db } from '../db/schema'
import { parseEnv } from '../env/config'
import { registerJobKinds } from '../insight/job-kinds'
import { log } from '../net/log'
import { TestBrowser, testUser } from './accounts'

export interface TestMember {
  readonly id: string
  readonly email: string
  readonly cookie: string
}

/** A console in this process: its own configuration and database, and people who are signed in. */
export class TestConsole {
  private readonly doors = { swr: apiHandler('swr'), console: apiHandler('console') }

  constructor(
    readonly db: Db,
    readonly close: () => Promise<void>,
  ) {}

  async member(role: Role): Promise<TestMember> {
    const known = await identity()
    const browser = new TestBrowser(known)
    const user = await testUser(known, role)
    await browser.signIn(user.email)
    return { ...user, cookie: browser.headers().get('cookie') ?? '' }
  }

  /** Asks the API for an operation of SWR's, of a connection. */
  swr(who: TestMember | null, name: SwrOperation, rawInput: OperationInput, connection = 'default'): Promise<Response> {
    const { method, path }: SwrRoute = swrRoutes[name]
    return this.ask(
      'swr',
      who,
      method,
      `/api/swr/${connection}${fill(path, paramsOf(rawInput), projectPlaceholder)}`,
      rawInput,
    )
  }

  /** Asks the API for an operation of the console's own. */
  own(who: TestMember | null, name: ConsoleOperation, rawInput: OperationInput): Promise<Response> {
    const { method, path }: ConsoleRoute = consoleRoutes[name]
    return this.ask(
      'console',
      who,
      method,
      `/api/console${fill(path, paramsOf(rawInput), projectPlaceholder)}`,
      rawInput,
    )
  }

  private ask(
    table: 'swr' | 'console',
    who: TestMember | null,
    method: string,
    path: string,
    rawInput: OperationInput,
  ) {
    const { query = {}, body, ifMatch, reason, basis, dryRun } = rawInput
    const headers = {
      host: '127.0.0.1:3000',
      origin: 'http://127.0.0.1:3000',
      'content-type': 'application/json',
      ...(who && { cookie: who.cookie }),
      ...(ifMatch && { 'if-match': `"${ifMatch}"` }),
      ...(reason && { 'x-console-reason': encodeURIComponent(reason) }),
      ...(basis && { 'x-console-basis': basis }),
      ...(dryRun && { 'x-console-dry-run': dryRun }),
    }
    const search = new URLSearchParams(query as Record<string, string>)
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    return this.doors[table](new Request(`http://127.0.0.1:3000${path}?${search}`, { method, headers, ...sent }))
  }

  /** The audit log without who signed in, oldest first. */
  async entries(filters: AuditFilters = {}, now?: Date) {
    const { entries } = await listEntries(this.db, filters, { offset: 0, limit: 1000 }, now)
    return entries.filter(({ operation }) => operation !== 'signIn').reverse()
  }
}

const paramsOf = ({ params }: OperationInput) =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]))

export async function startTestConsole(
  opening: Promise<Opened>,
  source: Record<string, string>,
  readFile: (path: string) => string = () => '',
) {
  log.level = 'silent'
  const { db, close } = await opening
  Reflect.set(globalThis, Symbol.for('console.config'), parseEnv(source, readFile))
  Reflect.set(globalThis, Symbol.for('console.db'), opening)
  Reflect.deleteProperty(globalThis, Symbol.for('console.audit-store'))
  Reflect.deleteProperty(globalThis, Symbol.for('console.identity'))
  registerJobKinds()
  return new TestConsole(db, close)
}
