'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Chip } from '@/components/ui/code'
import { FieldValue } from './field-value'

const noRegistries = new Map<number, string>()

/** An answer, or the word for none. */
export function OrEmpty({ children }: { children: ReactNode }) {
  const t = useTranslations('form')
  return children || <span className="text-ink-3">{t('conflict.empty')}</span>
}

/** What a draft says of itself where no registry is meant, in the words of the forms. */
export function FieldAnswer(field: {
  name: 'namespace' | 'override' | 'enabled' | 'tagDecoration'
  value: string | boolean
}) {
  return <FieldValue {...field} registries={noRegistries} />
}

/** When a policy runs. */
export function TriggerAnswer({ trigger, cron }: { trigger: string; cron: string }) {
  return (
    <>
      <FieldValue name="trigger" value={trigger} registries={noRegistries} />{' '}
      {trigger === 'scheduled' && <FieldValue name="cron" value={cron} registries={noRegistries} />}
    </>
  )
}

/** Which repositories a policy means. */
export function ScopeAnswer({ scope, pattern }: { scope: string; pattern: string }) {
  return (
    <>
      <FieldValue name="scope" value={scope} registries={noRegistries} /> {pattern && <Chip>{pattern}</Chip>}
    </>
  )
}
