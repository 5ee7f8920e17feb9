'use client'

import { useTranslations } from 'next-intl'
import { useWatch } from 'react-hook-form'
import { ChoiceField } from '@/components/form/fields'
import { Section } from '@/components/form/section'
import { CronField } from '@/components/schedule/cron-field'
import { Note } from '@/components/ui/alert'
import { replicationTriggers } from '@/lib/contract/vocabulary'
import { parseEnum } from '@/lib/policy/enum'
import type { InstanceLocation } from '@/lib/routes'
import type { ReplicationFormApi } from '../../match/replication-form-api'
import { OftenWarning } from './often-warning'

/** What starts a run. A trigger that was read and is none of ours stands beside them until another is chosen. */
export function WhenSection({
  at,
  form: { control },
  id,
}: {
  at: InstanceLocation
  form: ReplicationFormApi
  id: number | undefined
}) {
  const t = useTranslations('replicationForm')
  const r = useTranslations('replication')
  const s = useTranslations('schedule')
  const [direction, trigger, cron, read] = useWatch({ control, name: ['direction', 'trigger', 'cron', 'asRead'] })
  const known = parseEnum(replicationTriggers, trigger)
  const kept = read.direction === 'pull' && read.trigger === 'event_based'
  const pushOnly = direction === 'pull' && !kept
  const odd = parseEnum(replicationTriggers, read.trigger) ? undefined : read.trigger
  return (
    <Section title={t('section.when')}>
      <ChoiceField
        control={control}
        name="trigger"
        label={t('trigger')}
        hint={pushOnly ? t('pushOnly') : known ? t(`triggerHint.${known}`) : undefined}
        options={[
          ...replicationTriggers.map((value) => ({
            value,
            label: r(`trigger.${value}`),
            disabled: value === 'event_based' && pushOnly,
          })),
          ...(odd === undefined ? [] : [{ value: odd, label: odd || r('trigger.unknown') }]),
        ]}
      />
      {!known && <Note tone="warn">{t('unknownTrigger')}</Note>}
      {trigger === 'scheduled' && (
        <>
          <CronField control={control} name="cron" kind="replication" label={s('cron')} required />
          <OftenWarning at={at} cron={cron} id={id} />
        </>
      )}
    </Section>
  )
}
