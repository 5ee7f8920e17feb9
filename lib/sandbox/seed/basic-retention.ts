import type { BasicWorld } from '../basic/world'
import { demo } from '../demo'
import type { Clock } from './clock'
import type { Ids } from './content'

const day = 24 * 60
const rule = { template: 'tag_rule', params: { num: '100' }, tag_selectors: [{ kind: 'label', pattern: 'latest' }] }
const deleted = ['v0.9.0', 'v0.9.1', 'v0.9.2', 'v0.9.3']

/** A repository that is cleaned up, with what its rule deleted a while ago; it holds fewer tags than the rule keeps by now. */
export function basicRetentions(ids: Ids, clock: Clock): Pick<BasicWorld, 'retentions' | 'retentionLog'> {
  const place = { project: demo.project, namespace: 'storefront', repo: 'search' }
  const id = ids.next()
  return {
    retentions: [
      { ...place, row: { algorithm: 'or', id, rules: [rule], scope: '' }, appliedTo: clock.start.getTime() },
    ],
    retentionLog: deleted.map((tag, index) => ({
      project: demo.project,
      row: {
        id: ids.next(),
        namespace: place.namespace,
        repo: place.repo,
        retention_id: id,
        rule_type: JSON.stringify({ ...rule, params: { num: '20' } }),
        tag,
        created_at: clock.ago((40 - index * 9) * day),
      },
    })),
  }
}
