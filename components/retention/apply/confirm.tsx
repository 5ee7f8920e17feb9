'use client'

import { useTranslations } from 'next-intl'
import { CopyButton } from '@/components/shell/copy-button'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Chip } from '@/components/ui/code'
import { Dialog, DialogFoot } from '@/components/ui/dialog'
import type { Retention } from '@/lib/contract/swr/retention'
import { appliedBody } from '@/lib/policy/retention/apply'
import { toRequest } from '@/lib/policy/retention/request'
import { effectOfSaving } from '@/lib/policy/retention/saving'
import { RuleSentences } from '../policy/rule-sentence'
import type { ApplyTarget } from './use-apply'

/** The last look before the rules are written: where a policy is made, where one is replaced, and what is sent. */
export function ConfirmApply({
  source,
  targets,
  onConfirm,
  onClose,
}: {
  source: Retention
  targets: readonly ApplyTarget[]
  onConfirm: () => void
  onClose: () => void
}) {
  const t = useTranslations('retention')
  const c = useTranslations('common')
  const f = useTranslations('form')
  const created = targets.filter(({ policy }) => policy === null)
  const replaced = targets.filter(({ policy }) => policy !== null)
  const isSwitchedOff = replaced.some(
    ({ policy }) => policy !== null && effectOfSaving(appliedBody(source, policy), policy) === 'switched_off',
  )
  const json = JSON.stringify(appliedBody(source, null), null, 2)
  const count = targets.length
  return (
    <Dialog title={t('apply.confirm.title', { count })} onClose={onClose} wide>
      <p>{t('lead')}</p>
      <div className="my-3 rounded-md border border-line p-3">
        <RuleSentences rules={source.rules} />
      </div>
      <Names label={t('apply.confirm.created', { count: created.length })} targets={created} />
      <Names label={t('apply.confirm.replaced', { count: replaced.length })} targets={replaced} />
      {toRequest(source).trigger?.type === 'scheduled' && (
        <Note tone="info" className="mt-3">
          {t('apply.confirm.off')} {isSwitchedOff && t('apply.confirm.switchedOff')}
        </Note>
      )}
      <div className="mt-4 mb-1 flex items-end justify-between gap-2">
        <h3>{f('request')}</h3>
        <CopyButton text={json} />
      </div>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-60 overflow-auto rounded-md border border-line bg-sunken p-3 font-mono text-xs"
      >
        {json}
      </pre>
      <DialogFoot>
        <Button onClick={onClose}>{c('cancel')}</Button>
        <Button look="primary" onClick={onConfirm}>
          {t('apply.act', { count })}
        </Button>
      </DialogFoot>
    </Dialog>
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
