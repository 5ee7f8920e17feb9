'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Ago } from '@/components/shell/relative-time'
import { Note } from '@/components/ui/alert'
import type { DryRun, RetentionArming } from '@/lib/contract/console/retention-runs'
import type { ArmingReason } from '@/lib/contract/console/retention-vocabulary'
import type { Retention, RetentionBody } from '@/lib/contract/swr/retention'
import type { SavingEffect } from '@/lib/policy/retention/saving'
import { type RetentionLocation, routes } from '@/lib/routes'
import { useSettled } from '../../match/use-settled'
import { armingQuery } from '../arming'

/** Typing is waited for. */
const settleMs = 400

/** What saving does to a schedule, said before: nothing runs by itself that nobody has seen a dry run of. */
export function SavingNote({
  effect,
  place,
  body,
  original,
}: {
  effect: Exclude<SavingEffect, 'none'>
  place: Omit<RetentionLocation, 'policy'>
  /** As it stands in the form, or as it will be sent. */
  body: RetentionBody
  original: Retention | undefined
}) {
  const t = useTranslations('retention.saving')
  if (effect === 'switched_off' && original?.id !== undefined)
    return <ArmingNote place={{ ...place, policy: original.id }} body={body} />
  return (
    <Note tone="warn" role="status">
      {t(original === undefined ? 'createdOff' : 'staysOff')}
    </Note>
  )
}

/** Whether an enabled schedule is switched off by other content, and why. A request that says that it is off needs no answer for that. */
function ArmingNote({ place, body }: { place: RetentionLocation; body: RetentionBody }) {
  const t = useTranslations('retention.saving')
  const said = JSON.stringify(body)
  const asked = useSettled(body, said, settleMs) ?? body
  const { data, error } = useQuery(armingQuery(place, asked))
  const arming = JSON.stringify(asked) === said ? data : undefined
  const isKnown = arming !== undefined || error !== null
  const stays = body.enabled && arming?.because === null && arming.dryRun
  return (
    <Note tone="warn" role="status">
      {stays ? (
        <StaysOn place={place} dryRun={stays} />
      ) : (
        <>
          <p>{t(isKnown || !body.enabled ? 'switchedOff' : 'switchedOffUnless')}</p>
          {isKnown && <Because arming={arming} />}
        </>
      )}
    </Note>
  )
}

function StaysOn({ place, dryRun }: { place: RetentionLocation; dryRun: DryRun }) {
  const t = useTranslations('retention.saving')
  return t.rich('staysOn', {
    images: dryRun.totals.delete.images,
    tags: dryRun.totals.delete.tags,
    ago: () => <Ago time={dryRun.endedAt ?? dryRun.at} />,
    link: (text) => (
      <Link href={routes.retentionDryRun(place, dryRun.id)} prefetch={false} className="underline">
        {text}
      </Link>
    ),
  })
}

/** Where another dry run alone would not help. */
const toBeSolved: readonly ArmingReason[] = ['in_use', 'in_use_old', 'above_ceiling', 'no_rules']

function Because({ arming }: { arming: RetentionArming | undefined }) {
  const t = useTranslations('retention.saving')
  const because = arming?.because
  if (because === null) return null
  return (
    <p>
      {t(`because.${because ?? 'unknown'}`)} {t(because && toBeSolved.includes(because) ? 'thenSolved' : 'then')}
    </p>
  )
}
