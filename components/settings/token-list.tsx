'use client'

import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useFormatter, useTranslations } from 'next-intl'
import { useState } from 'react'
import { useNow } from '@/components/context/clock'
import { Section } from '@/components/form/section'
import { ProblemPanel } from '@/components/shell/error-panel'
import { Ago } from '@/components/shell/relative-time'
import { Button } from '@/components/ui/button'
import { Chip } from '@/components/ui/code'
import { Status } from '@/components/ui/status'
import { useReady } from '@/components/ui/use-hydrated'
import type { Token } from '@/lib/contract/console/schemas'
import { apiQuery } from '@/lib/query/client'

const CreateToken = dynamic(() => import('./create-token').then((module) => module.CreateToken))
const RevokeToken = dynamic(() => import('./revoke-token').then((module) => module.RevokeToken))

/** Tokens of the public API that the person has made. */
export function TokenList() {
  const t = useTranslations('settings')
  const ready = useReady()
  const { data, error, refetch } = useQuery(apiQuery('tokenList', { params: {} }))
  const [isCreating, setCreating] = useState(false)
  const [revoked, setRevoked] = useState<Token | null>(null)
  return (
    <Section title={t('tokens.title')} lead={t('tokens.lead')}>
      {error && <ProblemPanel error={error} retry={() => refetch()} />}
      {data && data.tokens.length > 0 && (
        <ul
          aria-label={t('tokens.title')}
          className="flex flex-col divide-y divide-line rounded-lg border border-line bg-surface"
        >
          {data.tokens.map((token) => (
            <TokenRow key={token.id} token={token} onRevoke={() => setRevoked(token)} />
          ))}
        </ul>
      )}
      {data?.tokens.length === 0 && <p className="text-ink-3">{t('tokens.none')}</p>}
      <div>
        <Button disabled={!ready} onClick={() => setCreating(true)}>
          {t('tokens.create')}
        </Button>
      </div>
      {isCreating && <CreateToken onClose={() => setCreating(false)} />}
      {revoked && <RevokeToken token={revoked} onClose={() => setRevoked(null)} />}
    </Section>
  )
}

function TokenRow({ token, onRevoke }: { token: Token; onRevoke: () => void }) {
  const t = useTranslations('settings')
  const c = useTranslations('common')
  const { name, ending, createdAt, lastUsedAt } = token
  return (
    <li className="flex items-start gap-3 px-3 py-2">
      <div className="min-w-0 grow">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="font-medium wrap-anywhere">{name}</span>
          <Chip>…{ending}</Chip>
          <Expiry expiresAt={token.expiresAt} />
        </div>
        <p className="text-ink-3 text-sm">
          {t.rich('tokens.created', { ago: () => <Ago time={createdAt} /> })}
          {' · '}
          {lastUsedAt === null ? t('tokens.unused') : t.rich('tokens.used', { ago: () => <Ago time={lastUsedAt} /> })}
        </p>
      </div>
      <Button aria-label={c('actionOn', { act: t('tokens.revoke'), name })} onClick={onRevoke}>
        {t('tokens.revoke')}
      </Button>
    </li>
  )
}

function Expiry({ expiresAt }: Pick<Token, 'expiresAt'>) {
  const t = useTranslations('settings')
  const format = useFormatter()
  const now = useNow()
  if (expiresAt === null) return <span className="text-ink-2">{t('tokens.lasting')}</span>
  const date = format.dateTime(new Date(expiresAt), { dateStyle: 'medium' })
  if (new Date(expiresAt) <= now) return <Status kind="off">{t('tokens.expired', { date })}</Status>
  return <span className="text-ink-2">{t('tokens.expires', { date })}</span>
}
