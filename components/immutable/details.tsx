'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { ReasonedButton } from '@/components/shell/permission-button'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { SheetBody, SheetFoot } from '@/components/ui/sheet'
import { Status } from '@/components/ui/status'
import type { ImmutableRule } from '@/lib/contract/swr/immutable-rule'
import { SelectorText } from './selector-text'

/** What a rule says, for who can't change it; `reason` says why. */
export function RuleDetails({
  rule,
  namespace,
  reason,
  onClose,
}: {
  /** Undefined for a new one, which there will be none of. */
  rule: ImmutableRule | undefined
  namespace: string | undefined
  reason: string
  onClose: () => void
}) {
  const t = useTranslations('immutable')
  const c = useTranslations('common')
  return (
    <>
      <SheetBody>
        <div className="flex flex-col gap-3.5">
          <Note tone="info">{reason}</Note>
          {rule && <p className="text-ink-2">{t('overrules')}</p>}
          {rule && (
            <dl className="flex flex-col gap-3.5 wrap-anywhere">
              <Entry term={t('column.namespace')}>{namespace ?? '–'}</Entry>
              <Entry term={t('column.tags')}>
                <SelectorText side="tags" rule={rule} />
              </Entry>
              <Entry term={t('column.repositories')}>
                <SelectorText side="repositories" rule={rule} />
              </Entry>
              <Entry term={t('column.enabled')}>
                <Status kind={rule.disabled ? 'off' : 'ok'}>{t(rule.disabled ? 'disabled' : 'enabled')}</Status>
              </Entry>
            </dl>
          )}
        </div>
      </SheetBody>
      <SheetFoot>
        <Button look="ghost" onClick={onClose}>
          {c('close')}
        </Button>
        <ReasonedButton look="primary" reason={reason}>
          {t(rule ? 'edit' : 'form.create')}
        </ReasonedButton>
      </SheetFoot>
    </>
  )
}

function Entry({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-ink-3 text-xs">{term}</dt>
      <dd className="mt-0.5">{children}</dd>
    </div>
  )
}
