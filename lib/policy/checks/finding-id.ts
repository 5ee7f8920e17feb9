import type { Finding } from '../../contract/console/checks'

/**
 * The same for as long as a finding is about the same things: its kind and the ids of its policies, its registry, its
 * retention policy and its counterpart. With another policy it is another finding, which nobody has accepted.
 */
export function findingId({ kind, policies, registry, retention, elsewhere }: Finding): string {
  const ids = policies.map(({ id }) => id).sort((a, b) => a - b)
  return [
    kind,
    ids.join('+'),
    registry?.id ?? '-',
    retention ? `${retention.namespace}/${retention.id}` : '-',
    elsewhere ? `${elsewhere.connection}/${elsewhere.instance}/${elsewhere.id}` : '-',
  ].join(' ')
}
