'use client'

import { useTranslations } from 'next-intl'
import { Chip } from '@/components/ui/code'
import type { Retention } from '@/lib/contract/swr/retention'
import { describeRule } from '@/lib/policy/retention/describe'
import { RuleKeeps } from './keeps-text'
import { RepositorySelectors, TagSelectors } from './selector-text'

/** The rules of a policy, a sentence each; what no sentence can say stands below it as SWR has it. */
export function RuleSentences({ rules }: Pick<Retention, 'rules'>) {
  const t = useTranslations('retention')
  if (rules.length === 0) return <strong className="font-medium text-bad">{t('keeps.none')}</strong>
  return rules.map((rule, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: two equal rules may stand in one policy
    <span key={index} className="block">
      <RuleSentence rule={rule} />
    </span>
  ))
}

function RuleSentence({ rule }: { rule: Retention['rules'][number] }) {
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
      {rule.disabled && <small className="block text-warn text-xs">{t('ruleDisabled')}</small>}
    </>
  )
}
