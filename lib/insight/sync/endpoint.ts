import 'server-only'
import { type Actor, mayUse } from '../../contract/actor'
import { problemOf } from '../../contract/problem'
import { config } from '../../env/config'
import { requestSwr } from '../../swr/client'
import { connection as connectionOf } from '../../swr/connection'

/** `unseen`: no connection of the console can tell. */
export interface TargetOrganization {
  readonly state: 'exists' | 'missing' | 'unseen'
  /** The console's own connection that lists the target; null where none does. */
  readonly connection: string | null
}

/** Connections of a region that the actor may use, those with the key of `source` first: the same key is surely the same account. */
function connectionsIn(actor: Actor, region: string, source: string): readonly string[] {
  const { access } = connectionOf(source).credential
  return config()
    .connections.filter((each) => each.region === region && mayUse(actor, each.id))
    .toSorted((a, b) => Number(b.credential.access === access) - Number(a.credential.access === access))
    .map(({ id }) => id)
}

/**
 * Looks an organization up in another region. Its name is one of all accounts there (docs/swr-api.md section 11), so whichever
 * of our connections finds it has found the right one. That it is missing is believed of the first only.
 */
export async function targetOrganization(
  actor: Actor,
  source: string,
  { region, organization }: { region: string; organization: string },
): Promise<TargetOrganization> {
  const near = connectionsIn(actor, region, source)
  let isMissing = false
  for (const [at, connection] of near.entries()) {
    try {
      await requestSwr(actor, connection, 'organizationShow', { params: { namespace: organization } })
      return { state: 'exists', connection }
    } catch (error) {
      if (at === 0) isMissing = problemOf(error).code === 'swr_not_found'
    }
  }
  return isMissing ? { state: 'missing', connection: near[0] ?? null } : { state: 'unseen', connection: null }
}
