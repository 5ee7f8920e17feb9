import 'server-only'
import { cached } from '../../cache'
import type { Actor } from '../../contract/actor'
import type { SyncCheck, SyncTarget } from '../../contract/console/sync'
import { isMainland, isSameRegion } from '../../policy/sync/plan'
import { requestSwr } from '../../swr/client'
import { connection as connectionOf } from '../../swr/connection'
import { type TargetOrganization, targetOrganization } from './endpoint'

/*
 * What is looked at before anything is sent. SWR takes what cannot work without a word (docs/swr-api.md section 16), so each
 * of these is asked for, and what cannot be asked is `unknown`, never "fine". Only what certainly fails blocks.
 */

/** Gates, regions and quotas hardly change; organizations do, by a press on this very page. */
const slowly = { freshMs: 60_000, keepMs: 10 * 60_000 }
const soon = { freshMs: 15_000, keepMs: 60_000 }
const anew = { freshMs: 0, giveMs: 0 }

interface Known<Value> {
  /** Null: it could not be asked. */
  readonly value: Value | null
  readonly at: string | null
}

async function known<Value>(
  key: string,
  keeping: { freshMs: number; keepMs: number },
  fresh: boolean,
  read: () => Promise<Value>,
): Promise<Known<Value>> {
  try {
    const { value, at } = await cached(key, fresh ? { ...keeping, ...anew } : keeping, read)
    return { value, at: at.toISOString() }
  } catch {
    return { value: null, at: null }
  }
}

/** What the source says, once for all targets. */
export interface SourceKnowledge {
  readonly gate: Known<boolean | null>
  readonly agency: Known<boolean | null>
  readonly regions: Known<readonly string[]>
}

const isTrue = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null)

export async function sourceKnowledge(actor: Actor, connection: string, fresh: boolean): Promise<SourceKnowledge> {
  const key = `basic/${connection}`
  const [gate, agency, regions] = await Promise.all([
    known(`${key}/gate`, slowly, fresh, async () => {
      const gates = await requestSwr(actor, connection, 'basicFeatureGateShow', { params: {} })
      return isTrue(gates.enable_image_sync)
    }),
    known(`${key}/agency`, slowly, fresh, async () => {
      const answer = await requestSwr(actor, connection, 'agencyShow', { params: {} })
      return isTrue(answer.is_agency)
    }),
    known(`${key}/regions`, slowly, fresh, async () => {
      const rows = await requestSwr(actor, connection, 'regionList', { params: {} })
      return rows.flatMap(({ regionID }) => regionID ?? [])
    }),
  ])
  return { gate, agency, regions }
}

export interface TargetKnown extends SyncTarget {
  readonly organizationState: TargetOrganization['state']
  /** The console's own connection that lists it; null: it cannot be seen from here. */
  readonly connection: string | null
  readonly checks: readonly SyncCheck[]
}

const check = (
  code: SyncCheck['code'],
  state: SyncCheck['state'],
  at: string | null = null,
  detail: SyncCheck['detail'] = {},
): SyncCheck => ({ code, state, at, detail })

/** Room that is left by the target's quotas, by their keys; a negative limit of SWR is none. What it does not tell is unknown. */
async function quotaChecks(actor: Actor, connection: string, needed: { repository: number }, fresh: boolean) {
  const { value, at } = await known(`basic/${connection}/quotas`, slowly, fresh, async () => {
    const { quotas } = await requestSwr(actor, connection, 'basicQuotaList', { params: {} })
    return quotas
  })
  if (!value) return check('quota', 'unknown', at)
  const row = value.find(({ quota_key }) => quota_key === 'repository')
  const [limit, used] = [row?.quota_limit, row?.used]
  if (limit !== undefined && limit < 0) return check('quota', 'ok', at)
  if (limit === undefined || used === undefined) return check('quota', 'unknown', at)
  const left = Math.max(0, limit - used)
  const detail = { needed: needed.repository, left, limit }
  return check('quota', left < needed.repository ? 'warning' : 'ok', at, detail)
}

/** Looks at one target. `repositories` is how many repositories would be new there at most. */
export async function targetKnowledge(
  actor: Actor,
  source: { readonly connection: string; readonly knowledge: SourceKnowledge },
  target: SyncTarget,
  { repositories, fresh }: { repositories: number; fresh: boolean },
): Promise<TargetKnown> {
  const { gate, agency, regions } = source.knowledge
  const { region: home } = connectionOf(source.connection)
  const checks: SyncCheck[] = [
    check('image_sync', gate.value === null ? 'unknown' : gate.value ? 'ok' : 'blocked', gate.at),
    check('agency', agency.value === null ? 'unknown' : agency.value ? 'ok' : 'warning', agency.at),
  ]
  if (isSameRegion(target.region, home))
    return {
      ...target,
      organizationState: 'unseen',
      connection: null,
      checks: [...checks, check('same_region', 'blocked')],
    }
  checks.push(
    check(
      'region',
      regions.value === null ? 'unknown' : regions.value.includes(target.region) ? 'ok' : 'warning',
      regions.at,
    ),
  )
  // Who may use other connections may see something else.
  const eyes = actor.connections?.join() ?? '*'
  const key = `basic/${source.connection}/to/${target.region}/${target.organization}/${eyes}`
  const found = await known(key, soon, fresh, () => targetOrganization(actor, source.connection, target))
  const { state, connection } = found.value ?? { state: 'unseen' as const, connection: null }
  checks.push(
    check('visible', connection === null ? 'unknown' : 'ok', found.at),
    check('organization', state === 'exists' ? 'ok' : state === 'missing' ? 'blocked' : 'unknown', found.at),
  )
  if (connection !== null) checks.push(await quotaChecks(actor, connection, { repository: repositories }, fresh))
  if (isMainland(home) && !isMainland(target.region)) checks.push(check('cross_border', 'warning'))
  return { ...target, organizationState: state, connection, checks }
}
