import 'server-only'
import { isGuessable, passwordLength } from '../contract/password'
import { ProblemError } from '../contract/problem'
import { withLease } from '../db/lease'
import { demoAccounts } from './demo'
import type { Identity } from './identity'
import { isSetUpLink, type Link, revokeSetUpLinks, setUpLink } from './links'
import { createUser, hasUsers } from './users'

/** Consoles that start together on one empty database take turns. */
const alone = <Result>(identity: Identity, work: () => Promise<Result>) =>
  withLease(identity.db, 'set-up', 60, work, 60)

/**
 * Makes the accounts that must be there at the start. Answers a link where nobody could sign in otherwise: whoever reads
 * the server's output is its owner.
 */
export function createFirstAccounts(
  identity: Identity,
  options: { demo: boolean; firstAdmin?: { email: string; password: string } },
): Promise<Link | null> {
  return alone(identity, async () => {
    if (await hasUsers(identity.db)) return null
    if (options.demo) for (const { password, ...user } of demoAccounts) await createUser(identity, user, password)
    else if (!identity.settings.passwordSignIn) return null
    else if (options.firstAdmin) {
      const { email, password } = options.firstAdmin
      await createUser(identity, { email, name: email.split('@')[0] ?? email, role: 'admin' }, password)
    } else return await setUpLink(identity)
    return null
  })
}

/** The other end of the set-up link. */
export async function completeBootstrap(
  identity: Identity,
  { token, email, name, password }: { token: string; email: string; name: string; password: string },
): Promise<string> {
  if (password.length < passwordLength.min || password.length > passwordLength.max)
    throw new ProblemError({ status: 422, code: 'password_refused' })
  if (isGuessable(password, [email, name])) throw new ProblemError({ status: 422, code: 'password_guessable' })
  const expired = () => new ProblemError({ status: 422, code: 'link_expired' })
  // Strangers who guess get no turn: those who wait for one would be kept from it, a console that starts among them.
  if (!(await isSetUpLink(identity, token))) throw expired()
  return await alone(identity, async () => {
    if ((await hasUsers(identity.db)) || !(await isSetUpLink(identity, token))) throw expired()
    const id = await createUser(identity, { email, name, role: 'admin' }, password)
    await revokeSetUpLinks(identity)
    return id
  })
}
