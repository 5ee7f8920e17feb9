'use client'

import { useTranslations } from 'next-intl'
import { Chip } from '@/components/ui/code'
import type { Retention } from '@/lib/contract/swr/retention'
import { describeRule } from '@/lib/policy/retention/describe'
import { lossBy } from '@/lib/policy/retention/keeps-nothing'
import { RuleKeeps, RuleWarnings } from './keeps-text'
import { RepositorySelectors, TagSelectors } from './selector-text'

/**
 * The rules of a policy, a sentence each; what no sentence can say stands below it as SWR has it. Several are numbered, as
 * verdicts name them.
 */
export function RuleSentences(policy: Pick<Retention, 'rules'>) {
  const t = useTranslations('retention')
  const [only, ...others] = policy.rules
  if (only === undefined) return <strong className="font-medium text-bad">{t('keeps.none')}</strong>
  if (others.length === 0)
    return (
      <span className="block">
        <RuleSentence rule={only} policy={policy} />
      </span>
    )
  return (
    <ol className="list-decimal pl-5">
      {policy.rules.map((rule, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two equal rules may stand in one policy
        <li key={index}>
          <RuleSentence rule={rule} policy={policy} />
        </li>
      ))}
    </ol>
  )
}

function RuleSentence({ rule, policy }: { rule: Retention['rules'][number]; policy: Pick<Retention, 'rules'> }) {
  const t = useTranslations('retention')
  const { tags, tagPattern, names, namePattern } = describeRule(rule)
  return (
    <>
      {t.rich('rule.sentence', {
        tags,
        names,
        what: () => <RuleKeeps key="what" rule={rule} />,
        tag: () => <Chip key="tag">{tagPattern}</Chip>,
        name: () => <Chip key="name">{namePattern}</Chip>,
      })}
      {tags === 'other' && <TagSelectors rules={[rule]} />}
      {names === 'other' && <RepositorySelectors rules={[rule]} />}
      <RuleWarnings rule={rule} loss={lossBy(policy, rule)} />
      {rule.disabled && <small className="block text-warn text-xs">{t('ruleDisabled')}</small>}
    </>
  )
}
