import 'server-only'
import { cached } from '../../cache'
import { type Actor, mayUse } from '../../contract/actor'
import { ProblemError, problemOf } from '../../contract/problem'
import { config } from '../../env/config'
import { requestSwr } from '../../swr/client'
import { connection as connectionOf } from '../../swr/connection'

/** `unseen`: no connection of the console can tell. */
export interface TargetOrganization {
  readonly state: 'exists' | 'missing' | 'unseen'
  /** The console's own connection that lists the target; null where none does. */
  readonly connection: string | null
}

const accessOf = (connection: string) => connectionOf(connection).credential.access

/** An account does not change; a connection that did not tell is asked again soon. */
const keeping = { freshMs: 60 * 60_000, keepMs: 24 * 60 * 60_000 }

/** The account of a connection, as SWR names it; null: it does not tell. */
async function domainOf(actor: Actor, connection: string): Promise<string | null> {
  try {
    const { value } = await cached(`basic/${connection}/domain`, keeping, async () => {
      const { domain_id } = await requestSwr(actor, connection, 'agencyShow', { params: {} })
      if (!domain_id) throw new ProblemError({ status: 502, code: 'swr_unreadable' })
      return domain_id
    })
    return value
  } catch {
    return null
  }
}

/** Whether two connections are surely of one account: they have the same key, or SWR says so. */
async function isSameAccount(actor: Actor, a: string, b: string): Promise<boolean> {
  if (accessOf(a) === accessOf(b)) return true
  const [first, second] = await Promise.all([domainOf(actor, a), domainOf(actor, b)])
  return first !== null && first === second
}

/** Connections of a region that the actor may use, those with the key of `source` first. */
function connectionsIn(actor: Actor, region: string, source: string): readonly string[] {
  const access = accessOf(source)
  return config()
    .connections.filter((each) => each.region === region && mayUse(actor, each.id))
    .toSorted((a, b) => Number(b.credential.access === access) - Number(a.credential.access === access))
    .map(({ id }) => id)
}

/**
 * Looks an organization up in another region. Its name is one of all accounts there (docs/swr-api.md section 11), so whichever
 * of our connections finds it has found the right one. That it is missing is believed of the account that sends alone: SWR
 * copies to no other, and says of another's organizations that they are not there.
 */
export async function targetOrganization(
  actor: Actor,
  source: string,
  { region, organization }: { region: string; organization: string },
): Promise<TargetOrganization> {
  const missing: string[] = []
  for (const connection of connectionsIn(actor, region, source)) {
    try {
      await requestSwr(actor, connection, 'organizationShow', { params: { namespace: organization } })
      return { state: 'exists', connection }
    } catch (error) {
      if (problemOf(error).code === 'swr_not_found') missing.push(connection)
    }
  }
  for (const connection of missing)
    if (await isSameAccount(actor, source, connection)) return { state: 'missing', connection }
  return { state: 'unseen', connection: null }
}
