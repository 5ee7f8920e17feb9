'use client'

import { useTranslations } from 'next-intl'
import type { Finding } from '@/lib/contract/console/checks'
import { type InstanceAt, routes } from '@/lib/routes'
import { FindingName, FindingPolicies } from './names'

/** Seconds in the one or two units that say them. */
function useDuration() {
  const t = useTranslations('checks.duration')
  return (total: number | null) => {
    const seconds = Math.round(total ?? 0)
    const [minutes, hours] = [Math.floor(seconds / 60), Math.floor(seconds / 3600)]
    if (hours >= 48) return t('d', { days: seconds / 86_400 })
    if (hours > 0) return minutes % 60 ? t('hm', { hours, minutes: minutes % 60 }) : t('h', { hours })
    if (minutes > 0) return seconds % 60 ? t('ms', { minutes, seconds: seconds % 60 }) : t('m', { minutes })
    return t('s', { seconds })
  }
}

/** What was found, in one sentence. Without links where one must not be led away. */
export function FindingSentence({ at, finding, linked }: { at: InstanceAt; finding: Finding; linked: boolean }) {
  const t = useTranslations('checks.kind')
  const lasting = useDuration()
  const { kind, policies, count } = finding
  const names = (of: Finding['policies']) => <FindingPolicies at={at} policies={of} linked={linked} />
  const registry = () =>
    finding.registry && (
      <FindingName to={linked ? routes.registry(at, finding.registry.id) : null}>{finding.registry.name}</FindingName>
    )
  const words = { count, policies: () => names(policies), registry }
  switch (kind) {
    case 'same_destination':
      return t.rich(`same_destination.${policies.length > 1 ? 'pair' : 'self'}`, words)
    case 'different_override':
      return t.rich('different_override.pair', { ...words, over: () => names(policies.slice(0, 1)) })
    case 'event_circle': {
      const { elsewhere } = finding
      const push = () => names(policies.slice(0, 1))
      if (!elsewhere) return t.rich('event_circle.pull', { ...words, push, pull: () => names(policies.slice(1)) })
      const to = linked ? routes.replicationPolicy(elsewhere, elsewhere.id) : null
      const there = () => <FindingName to={to}>{elsewhere.name}</FindingName>
      return t.rich('event_circle.elsewhere', { ...words, push, elsewhere: there })
    }
    case 'too_often':
      return t.rich('too_often.said', {
        ...words,
        interval: lasting(finding.interval),
        usual: lasting(finding.usual),
      })
    case 'pull_everything':
      return t.rich('pull_everything.said', words)
    case 'unhealthy_registry':
      return t.rich('unhealthy_registry.said', words)
    case 'retention_deletes': {
      const { retention } = finding
      if (!retention) return null
      const to = linked ? routes.retentionPolicy(at, retention.namespace, retention.id) : null
      const policy = () => <FindingName to={to}>{retention.name}</FindingName>
      return t.rich('retention_deletes.said', { ...words, namespace: retention.namespace, retention: policy })
    }
  }
}
