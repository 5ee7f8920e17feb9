'use client'

import { useTranslations } from 'next-intl'
import type { Finding } from '@/lib/contract/console/checks'
import { cronState } from '@/lib/contract/cron'
import { type InstanceLocation, routes } from '@/lib/routes'
import { useDuration } from './duration'
import { FindingName, FindingPolicies } from './names'

/** What was found, in one sentence. Without links where one must not be led away. */
export function FindingSentence({ at, finding, linked }: { at: InstanceLocation; finding: Finding; linked: boolean }) {
  const t = useTranslations('checks.kind')
  const lasting = useDuration()
  const { kind, policies, count } = finding
  const names = (of: Finding['policies']) => <FindingPolicies at={at} policies={of} linked={linked} />
  const registry = () =>
    finding.registry && (
      <FindingName to={linked ? routes.registry(at, finding.registry.id) : null}>{finding.registry.name}</FindingName>
    )
  const retention = () => {
    const { namespace = '', id = 0, name = '' } = finding.retention ?? {}
    return <FindingName to={linked ? routes.retentionPolicy(at, namespace, id) : null}>{name}</FindingName>
  }
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
    case 'keeps_nothing':
      return t.rich('keeps_nothing.said', { namespace: finding.retention?.namespace ?? '', retention })
    case 'never_runs': {
      const [cron = ''] = finding.examples
      const state = cronState(cron)
      const who = () => (finding.retention ? retention() : names(policies))
      return t.rich('never_runs.said', { state, who })
    }
    case 'never_matches':
      return t.rich('never_matches.said', words)
    case 'too_often':
      return t.rich('too_often.said', {
        ...words,
        interval: lasting(finding.interval),
        usual: lasting(finding.usual),
      })
    case 'hanging_run':
      return t.rich('hanging_run.said', { ...words, interval: lasting(finding.interval) })
    case 'pull_everything':
      return t.rich('pull_everything.said', words)
    case 'unhealthy_registry':
      return t.rich('unhealthy_registry.said', words)
    case 'retention_deletes':
    case 'retention_copied_back':
    case 'retention_most':
      return t.rich(`${kind}.said`, { ...words, namespace: finding.retention?.namespace ?? '', retention })
  }
}
