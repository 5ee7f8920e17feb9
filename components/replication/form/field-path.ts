import type { FieldPath } from 'react-hook-form'
import type { ReplicationBody } from '@/lib/contract/swr/replication'
import type { ReplicationDraft } from '@/lib/policy/replication/form'

type Field = FieldPath<ReplicationDraft>

const simple: Readonly<Record<string, Field>> = {
  'body.name': 'name',
  'body.description': 'description',
  'body.dest_namespace': 'destNamespace',
  'body.repo_scope_mode': 'scope',
  'body.trigger': 'trigger',
  'body.trigger.type': 'trigger',
  'body.trigger.trigger_settings': 'cron',
  'body.trigger.trigger_settings.cron': 'cron',
}

/** The field that shows what the door says about a path of the request; undefined for what no field shows. */
export function fieldOfPath(path: string, filters: ReplicationBody['filters'], picking: boolean): Field | undefined {
  if (/^body\.(src|dest)_registry(\.|$)/.test(path)) return 'registry'
  const names = picking ? 'repositories' : 'namePattern'
  if (path === 'body.filters') return names
  const at = /^body\.filters\.(\d+)(\.|$)/.exec(path)?.[1]
  if (at === undefined) return simple[path]
  const type = filters[Number(at)]?.type
  // The first name and the first tag have fields of their own; what stands beside them was read and is listed apart.
  if (filters.findIndex((filter) => filter.type === type) !== Number(at)) return 'others'
  return type === 'name' ? names : type === 'tag' ? 'tagPattern' : 'others'
}
