import 'server-only'
import { isGuessable, passwordLength } from '../contract/password'
import { ProblemError } from '../contract/problem'
import { withLease } from '../db/lease'
import { demoAccounts } from './demo'
import type { Identity } from './identity'
import { isSetUpLink, type Link, revokeSetUpLinks, setUpLink } from './links'
import { createUser, hasUsers } from './users'

/** Consoles that start together on one empty database take turns. */
const alone = <Result>(known: Identity, work: () => Promise<Result>) => withLease(known.db, 'set-up', 60, work, 60)

/**
 * Makes the accounts that must be there at the start. Answers a link where nobody could sign in otherwise: whoever reads
 * the server's output is its owner.
 */
export function createFirstAccounts(
  known: Identity,
  given: { demo: boolean; firstAdmin?: { email: string; password: string } },
): Promise<Link | null> {
  return alone(known, async () => {
    if (await hasUsers(known.db)) return null
    if (given.demo) for (const { password, ...user } of demoAccounts) await createUser(known, user, password)
    else if (!known.settings.passwordSignIn) return null
    else if (given.firstAdmin) {
      const { email, password } = given.firstAdmin
      await createUser(known, { email, name: email.split('@')[0] ?? email, role: 'admin' }, password)
    } else return await setUpLink(known)
    return null
  })
}

/** The other end of the set-up link. */
export async function completeBootstrap(
  known: Identity,
  { token, email, name, password }: { token: string; email: string; name: string; password: string },
): Promise<string> {
  if (password.length < passwordLength.min || password.length > passwordLength.max)
    throw new ProblemError({ status: 422, code: 'password_refused' })
  if (isGuessable(password, [email, name])) throw new ProblemError({ status: 422, code: 'password_guessable' })
  const expired = () => new ProblemError({ status: 422, code: 'link_expired' })
  // Strangers who guess get no turn: those who wait for one would be kept from it, a console that starts among them.
  if (!(await isSetUpLink(known, token))) throw expired()
  return await alone(known, async () => {
    if ((await hasUsers(known.db)) || !(await isSetUpLink(known, token))) throw expired()
    const id = await createUser(known, { email, name, role: 'admin' }, password)
    await revokeSetUpLinks(known)
    return id
  })
}
