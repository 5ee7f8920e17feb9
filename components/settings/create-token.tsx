'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { PlainField, textOf } from '@/components/form/native-field'
import { ProblemPanel } from '@/components/shell/error-panel'
import { OneTimeText } from '@/components/shell/one-time-text'
import { Button } from '@/components/ui/button'
import { Dialog, DialogFoot } from '@/components/ui/dialog'
import { Segmented } from '@/components/ui/segmented'
import { useApiWrite } from '@/lib/query/client'

const lifetimes = ['30', '90', '365', 'never'] as const
type Lifetime = (typeof lifetimes)[number]

const endOf = (lifetime: Lifetime) =>
  lifetime === 'never' ? null : new Date(Date.now() + Number(lifetime) * 24 * 3600_000).toISOString()

/** Makes a token and shows it, this once. */
export function CreateToken({ onClose }: { onClose: () => void }) {
  const t = useTranslations('settings')
  const c = useTranslations('common')
  const [lifetime, setLifetime] = useState<Lifetime>('90')
  const create = useApiWrite('tokenCreate', { stale: ['tokenList'] })
  if (create.data) {
    const { secret, token } = create.data
    const words = {
      label: t('tokens.secret.label'),
      copy: t('tokens.secret.copy'),
      notCopied: t('tokens.secret.notCopied'),
    }
    return (
      <OneTimeText title={t('tokens.secret.title', { name: token.name })} text={secret} words={words} onClose={onClose}>
        {t('tokens.secret.text')}
      </OneTimeText>
    )
  }
  return (
    <Dialog title={t('tokens.create')} onClose={onClose}>
      <form
        className="flex flex-col gap-3.5"
        onSubmit={(event) => {
          event.preventDefault()
          if (create.isPending) return
          const name = textOf(event.currentTarget, 'token-name').trim()
          create.mutate({ params: {}, body: { name, expiresAt: endOf(lifetime) } })
        }}
      >
        <PlainField
          name="token-name"
          label={t('tokens.name')}
          hint={t('tokens.nameHint')}
          autoComplete="off"
          maxLength={60}
        />
        <div>
          <div id="token-lifetime" className="mb-1 font-medium">
            {t('tokens.lifetime')}
          </div>
          <Segmented
            name="lifetime"
            value={lifetime}
            options={lifetimes.map((value) => ({
              value,
              label: value === 'never' ? t('tokens.never') : t('tokens.days', { count: Number(value) }),
            }))}
            labelledBy="token-lifetime"
            onChange={setLifetime}
          />
        </div>
        {create.error && <ProblemPanel error={create.error} />}
        <DialogFoot>
          <Button onClick={onClose}>{c('cancel')}</Button>
          <Button
            type="submit"
            look="primary"
            aria-busy={create.isPending}
            // Truly disabled it would lose the focus of whoever pressed it.
            aria-disabled={create.isPending}
          >
            {t('tokens.create')}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
