import 'server-only'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import type { Actor } from '../contract/actor'
import { problemOf } from '../contract/problem'
import { returnPath, routes } from '../routes'
import { identity } from './identity'
import { requireHost } from './origin'
import { sessionOf } from './session'

/** Who asks, by the session's cookie; a ProblemError when nobody is signed in. */
export async function actorFrom(asked: Headers): Promise<Actor> {
  const known = await identity()
  requireHost(known.settings, asked)
  return (await sessionOf(known, asked)).actor
}

/** The same for pages; the session is read once for all that makes up a page. */
export const currentActor = cache(async () => actorFrom(new Headers(await headers())))

/** For pages: whoever is not signed in goes to sign in. */
export async function requireActor(): Promise<Actor> {
  try {
    return await currentActor()
  } catch (error) {
    // Disabled, or without a role: the sign-in page says so.
    if ([401, 403].includes(problemOf(error).status))
      redirect(routes.signIn(returnPath((await headers()).get('x-console-at'))))
    throw error
  }
}
