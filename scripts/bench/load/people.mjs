import { randomBytes } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import pMap from 'p-map'
import { makeBrowser } from './browser.mjs'

const meanThinkMs = 5_000
const mostThinkMs = 30_000
/** Two passwords are hashed at a time, and few may wait. */
const together = 6

/** The same numbers for the same person in every run (mulberry32). */
function randomOf(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Of five people one is an admin, two are operators and two viewers. */
const roleOf = (number) => ['admin', 'operator', 'viewer', 'operator', 'viewer'][number % 5]

/** Makes the request again when the console says so: while people arrive, its throttles are no error. */
async function insist({ send }, path, body) {
  for (;;) {
    const { status, headers, text } = await send(path, { method: 'POST', body })
    if (status === 200) return { headers, json: JSON.parse(text) }
    if (status !== 429 && status !== 503) throw new Error(`${path} answered ${status}: ${text.slice(0, 200)}`)
    await setTimeout(Number(headers['retry-after'] ?? 1) * 1000)
  }
}

async function arrive(admin, site, record, number) {
  const role = roleOf(number)
  const account = { email: `person-${number}@example.com`, name: `Person ${number}`, role }
  const invited = await insist(admin, '/api/console/users', account)
  const browser = makeBrowser(site.address, record, number + 1)
  const password = randomBytes(18).toString('base64url')
  const token = new URL(invited.json.link.url).hash.slice(1)
  await insist(browser, '/api/auth/reset-password', { token, newPassword: password })
  const { headers } = await insist(browser, '/api/auth/sign-in/email', { email: account.email, password })
  const cookies = [headers['set-cookie']].flat().map((cookie) => cookie.split(';', 1)[0])
  browser.signedInWith(cookies.join('; '))

  const random = randomOf(number)
  return {
    ...browser,
    role,
    random,
    pick: (list) => list[Math.floor(random() * list.length)],
    /** Reads, types, talks to somebody: an exponential time. */
    think: () => setTimeout(Math.min(mostThinkMs, -Math.log(1 - random()) * meanThinkMs)),
  }
}

/** Invites people as an admin would, lets each set a password and sign in. */
export async function invitePeople(site, record, count) {
  const admin = makeBrowser(site.address, record, 0)
  admin.signedInWith(site.cookie)
  const numbers = Array.from({ length: count }, (_, number) => number)
  const people = await pMap(numbers, (number) => arrive(admin, site, record, number), { concurrency: together })
  await admin.close()
  return people
}
