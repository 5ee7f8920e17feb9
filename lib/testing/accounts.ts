import 'server-only'
import { randomUUID } from 'node:crypto'
import type { AuthSettings } from '../auth/auth'
import { handleAuth } from '../auth/handler'
import { createIdentity, type Identity, identity } from '../auth/identity'
import { createUser } from '../auth/users'
import type { Role } from '../contract/roles'
import type { Db } from '../db/schema'
import { clientAddressHeader } from '../net/client-address'
import { redactor } from '../net/redact'
import { openAny } from './database'

export const testPassword = 'correct horse battery'

export const testSettings: AuthSettings = {
  url: 'http://127.0.0.1:3000',
  secret: 'qWmX81kLzP0rTn5vYb72CdEfGh93JsAu',
  passwordSignIn: true,
}

export const testIdentity = (db: Db, settings: Partial<AuthSettings> = {}): Identity =>
  createIdentity(db, { ...testSettings, ...settings }, redactor(['SecretThatMustNotBeStored']))

export interface TestUser {
  readonly id: string
  readonly email: string
}

export async function testUser(known: Identity, role: Role): Promise<TestUser> {
  const email = `${role}-${randomUUID()}@example.com`
  return { id: await createUser(known, { email, name: role, role }, testPassword), email }
}

/** A browser's part: keeps cookies, sends what browsers send. Each has an address of its own. */
export class TestBrowser {
  readonly cookies = new Map<string, string>()
  address = `10.${[1, 2, 3].map(() => Math.floor(Math.random() * 250)).join('.')}`

  constructor(private readonly known: Identity) {}

  headers(more: Record<string, string> = {}): Headers {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const { host } = new URL(this.known.settings.url)
    return new Headers({ host, [clientAddressHeader]: this.address, ...(cookie && { cookie }), ...more })
  }

  keep(response: Response) {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ')
      const at = pair.indexOf('=')
      if (attributes.some((each) => /^max-age=0$/i.test(each))) this.cookies.delete(pair.slice(0, at))
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return response
  }

  async post(path: string, body: object = {}, more: Record<string, string> = {}): Promise<Response> {
    const { url } = this.known.settings
    const headers = this.headers({ 'content-type': 'application/json', origin: url, ...more })
    const request = new Request(`${url}/api/auth${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    return this.keep(await handleAuth(this.known, request))
  }

  async get(address: string): Promise<Response> {
    return this.keep(await handleAuth(this.known, new Request(address, { headers: this.headers() })))
  }

  signIn = (email: string, password = testPassword) => this.post('/sign-in/email', { email, password })
}

/** The problem of an answer, as `status code`. */
export async function toldProblem(response: Response): Promise<string> {
  const body: unknown = await response.json()
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : ''
  return `${response.status} ${code}`.trim()
}

/** Gives this process, which is configured already, an empty database; answers the cookie of somebody signed in there. */
export async function cookieOf(role: Role): Promise<string> {
  Reflect.set(globalThis, Symbol.for('console.db'), openAny())
  const known = await identity()
  const browser = new TestBrowser(known)
  await browser.signIn((await testUser(known, role)).email)
  return browser.headers().get('cookie') ?? ''
}
