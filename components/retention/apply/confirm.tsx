'use client'

import { useQueries } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { CopyButton } from '@/components/shell/copy-button'
import { ReasonedButton } from '@/components/shell/permission-button'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Chip } from '@/components/ui/code'
import { Dialog, DialogFoot } from '@/components/ui/dialog'
import { Skeleton } from '@/components/ui/skeleton'
import type { Retention, RetentionBody } from '@/lib/contract/swr/retention'
import type { InstanceLocation } from '@/lib/routes'
import { RuleSentences } from '../policy/rule-sentence'
import { impactQuery } from './cells'
import { type ApplyPlan, type ApplyTarget, useApplyPlans } from './use-plans'

/** The last look before the rules are written: where a policy is made, where one is replaced, and what is sent. */
export function ConfirmApply({
  at,
  source,
  targets,
  onConfirm,
  onClose,
}: {
  at: InstanceLocation
  source: Retention
  targets: readonly ApplyTarget[]
  /** With the requests that were shown. */
  onConfirm: (plans: readonly ApplyPlan[]) => void
  onClose: () => void
}) {
  const t = useTranslations('retention')
  const c = useTranslations('common')
  const now = useApplyPlans(at, source, targets)
  // What was shown is sent: another answer, to a later look, changes nothing under the pointer.
  const [plans, setPlans] = useState(now)
  if (plans === undefined && now !== undefined) setPlans(now)
  const created = targets.filter(({ policy }) => policy === null)
  const replaced = targets.filter(({ policy }) => policy !== null)
  const count = targets.length
  const withEffect = (effect: ApplyPlan['effect']) =>
    (plans ?? []).flatMap((plan) => (plan.effect === effect ? [plan.target] : []))
  const [off, switchedOff, stayOn] = [withEffect('off'), withEffect('switched_off'), withEffect('stays_on')]
  const creation = plans?.find(({ target }) => target.policy === null)
  const replacement = plans?.find(({ target }) => target.policy !== null)
  return (
    <Dialog title={t('apply.confirm.title', { count })} onClose={onClose} wide>
      <p>{t('lead')}</p>
      <div className="my-3 rounded-md border border-line p-3">
        <RuleSentences rules={source.rules} />
      </div>
      <Names label={t('apply.confirm.created', { count: created.length })} targets={created} />
      <Names label={t('apply.confirm.replaced', { count: replaced.length })} targets={replaced} />
      {plans === undefined && <Skeleton className="mt-3 w-64" />}
      {off.length > 0 && (
        <Note tone="info" className="mt-3">
          {t('apply.confirm.off')}
        </Note>
      )}
      {switchedOff.length > 0 && (
        <Note tone="warn" className="mt-3">
          <Names label={t('apply.confirm.switchedOff', { count: switchedOff.length })} targets={switchedOff} />
        </Note>
      )}
      {stayOn.length > 0 && (
        <Note tone="warn" className="mt-3">
          <Names label={t('apply.confirm.staysOn', { count: stayOn.length })} targets={stayOn} />
        </Note>
      )}
      <ApplyTotals at={at} source={source} targets={targets} />
      {creation && <Request title={t('apply.confirm.create')} body={creation.body} />}
      {replacement && (
        <Request
          title={t(replaced.length === 1 ? 'apply.confirm.replace' : 'apply.confirm.replaceMany', {
            namespace: replacement.target.namespace,
          })}
          body={replacement.body}
        />
      )}
      <DialogFoot>
        <Button onClick={onClose}>{c('cancel')}</Button>
        <ReasonedButton
          look="primary"
          reason={plans ? undefined : t('apply.confirm.reading')}
          onClick={() => plans && onConfirm(plans)}
        >
          {t('apply.act', { count })}
        </ReasonedButton>
      </DialogFoot>
    </Dialog>
  )
}

/** What would go now in all of the namespaces together; those that nobody can tell of are counted apart. */
function ApplyTotals({
  at,
  source,
  targets,
}: {
  at: InstanceLocation
  source: Retention
  targets: readonly ApplyTarget[]
}) {
  const t = useTranslations('retention')
  const answers = useQueries({ queries: targets.map((target) => impactQuery(at, source, target)) })
  const known = answers.flatMap(({ data }) => (data ? [data] : []))
  const loading = answers.some(({ data, error }) => !data && !error)
  const unknown = answers.filter(({ data, error }) => !data && error).length
  const sum = (count: (each: (typeof known)[number]) => number) => known.reduce((all, each) => all + count(each), 0)
  const images = sum(({ amounts }) => amounts.delete.images)
  const unsure = sum(({ amounts }) => amounts.unsure.images)
  const isPartial = known.some(({ complete, capped }) => !complete || capped)
  return (
    <Note tone={images > 0 || unsure > 0 ? 'bad' : 'info'} aria-live="polite" className="mt-3">
      <p className="font-medium text-base">{t('apply.impact')}</p>
      {loading ? (
        <Skeleton className="w-40" />
      ) : (
        <>
          {known.length > 0 && (
            <p>
              {images > 0
                ? t('apply.deletes', { images, tags: sum(({ amounts }) => amounts.delete.tags) })
                : t('impact.nothing')}
            </p>
          )}
          {unsure > 0 && <p>{t('impact.unsure', { count: unsure })}</p>}
          {isPartial && <p>{t('apply.atLeast')}</p>}
          {unknown > 0 && <p>{t('apply.confirm.unknown', { count: unknown })}</p>}
        </>
      )}
    </Note>
  )
}

function Request({ title, body }: { title: string; body: RetentionBody }) {
  const json = JSON.stringify(body, null, 2)
  return (
    <>
      <div className="mt-4 mb-1 flex items-end justify-between gap-2">
        <h3 className="wrap-anywhere">{title}</h3>
        <CopyButton text={json} />
      </div>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-60 overflow-auto rounded-md border border-line bg-sunken p-3 font-mono text-xs"
      >
        {json}
      </pre>
    </>
  )
}

function Names({ label, targets }: { label: string; targets: readonly ApplyTarget[] }) {
  if (targets.length === 0) return null
  return (
    <div className="mt-2">
      <p className="font-medium">{label}</p>
      <p className="mt-1 flex flex-wrap gap-1.5">
        {targets.map(({ namespace }) => (
          <Chip key={namespace}>{namespace}</Chip>
        ))}
      </p>
    </div>
  )
}
