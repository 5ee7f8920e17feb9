'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useNow } from '@/components/context/clock'
import { useTypedName } from '@/components/form/typed-name'
import type { EnableQuestion } from '@/components/policy/policy-switch'
import { DialogProblem } from '@/components/shell/dialog-problem'
import { ReasonedButton } from '@/components/shell/permission-button'
import { Until } from '@/components/shell/relative-time'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Chip } from '@/components/ui/code'
import { Dialog, DialogFoot } from '@/components/ui/dialog'
import { Properties } from '@/components/ui/properties'
import type { Retention } from '@/lib/contract/swr/retention'
import { nextRuns } from '@/lib/policy/schedule/schedule'
import type { InstanceLocation } from '@/lib/routes'
import { TriggerText } from '../../schedule/trigger-text'
import { RuleSentences } from '../policy/rule-sentence'
import { LockNote, useLock, useLockReason } from '../runs/lock'
import { outcomeBlock, scheduleBlock } from '../runs/lock-state'
import { DryRunButton, useDryRunStart } from '../runs/start'
import { PolicyImpact, usePolicyImpact } from './impact'
import { EnableProblem } from './problem'

/**
 * Before a schedule is armed that deletes for good: what the policy does, when, what would go now, and the namespace typed.
 * Locked, with the reason and the way to a dry run, until somebody has looked at one of exactly these rules.
 */
export function EnableDialog({
  at,
  namespace,
  policy,
  onConfirm,
  onClose,
  isPending,
  refusal,
}: EnableQuestion & { at: InstanceLocation; namespace: string; policy: Retention & { readonly id: number } }) {
  const t = useTranslations('retention')
  const c = useTranslations('common')
  const place = { ...at, namespace, policy: policy.id }
  const impact = usePolicyImpact(place)
  const { data, isFetchedAfterMount } = useLock(place, { fresh: true })
  // What was known before is not shown: it could change between reading and pressing.
  const lock = isFetchedAfterMount ? data : undefined
  const block = scheduleBlock(lock, useLockReason(lock))
  const isOpen = block === undefined
  const starting = useDryRunStart(place)
  const typed = useTypedName(namespace, {
    label: t('enable.typed', { namespace }),
    differs: t('enable.differs'),
  })
  // The server compares: after a refusal all of this is read again, and the name that was typed stays.
  const confirm = () => isPending || !typed.check() || onConfirm(String(lock?.dryRun?.id))
  return (
    <Dialog title={t('enable.title', { name: policy.name ?? `#${policy.id}` })} onClose={onClose} wide>
      <p>{t.rich('enable.text', { namespace: () => <Chip>{namespace}</Chip> })}</p>
      <div className="my-3 rounded-md border border-line p-3">
        <Properties
          columns={3}
          entries={[
            [t('column.keeps'), <RuleSentences key="keeps" rules={policy.rules} />],
            [t('column.when'), <TriggerText key="when" trigger={policy.trigger} enabled={false} />],
            [t('enable.next'), <NextRun key="next" policy={policy} />],
          ]}
        />
      </div>
      {policy.rules.some(({ disabled }) => disabled) && (
        <Note tone="info" className="mb-3">
          {t('edit.ruleDisabled')}
        </Note>
      )}
      <LockNote place={place} of="schedule" isOld={!isFetchedAfterMount} />
      <PolicyImpact impact={impact} />
      {isOpen && typed.field}
      <DialogFoot
        notice={
          starting.error ? <DialogProblem error={starting.error} /> : refusal && <EnableProblem error={refusal} />
        }
      >
        <Button onClick={onClose}>{c('cancel')}</Button>
        {isOpen && refusal?.code === 'retention_outdated' && <DryRunButton start={starting} />}
        {isOpen ? (
          <ReasonedButton
            look="danger"
            reason={impact.isOld ? t('enable.deciding') : undefined}
            aria-busy={isPending}
            aria-disabled={isPending || impact.isOld}
            onClick={confirm}
          >
            {t('enable.act')}
          </ReasonedButton>
        ) : (
          <DryRunButton start={starting} look={outcomeBlock(block) ? 'plain' : 'primary'} />
        )}
      </DialogFoot>
    </Dialog>
  )
}

function NextRun({ policy: { trigger } }: { policy: Retention }) {
  const t = useTranslations('retention')
  const format = useFormatter()
  const now = useNow(60_000)
  const [next] = nextRuns(trigger?.trigger_settings?.cron ?? '', now, 1)
  if (!next) return <span className="text-ink-3">{t('enable.noNext')}</span>
  return (
    <>
      <time dateTime={next.toISOString()}>{format.dateTime(next, { dateStyle: 'medium', timeStyle: 'short' })}</time>
      <small className="mt-px block text-ink-3 text-xs">
        <Until time={next} />
      </small>
    </>
  )
}
