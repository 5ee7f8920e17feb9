import { requestAuth } from '@/lib/query/auth'
import { routes } from '@/lib/routes'

/** Ends this session, or all of the person's. A new page then: nothing that was read or typed stays in this tab. */
export async function leaveSession(where: 'here' | 'everywhere') {
  await requestAuth(where === 'here' ? '/sign-out' : '/sign-out-everywhere', {})
  sessionStorage.clear()
  window.location.assign(routes.signIn())
}
