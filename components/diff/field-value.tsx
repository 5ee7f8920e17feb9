'use client'

import { useTranslations } from 'next-intl'
import { ScheduleText } from '@/components/schedule/schedule-text'
import { Chip } from '@/components/ui/code'
import { roles } from '@/lib/contract/roles'
import { replicationTriggers, retentionTemplates, scopeModes, tagDecorations } from '@/lib/contract/vocabulary'
import type { FieldName } from '@/lib/policy/diff/field-names'
import { parseEnum } from '@/lib/policy/enum'
import { readSchedule } from '@/lib/policy/schedule/schedule'
import { useTypeName } from '../registry-name/registry-text'

/** The value of a field as people read it; what has no word of ours is shown as it is written. */
export function FieldValue({
  name,
  value,
  registries,
}: {
  name: FieldName | undefined
  value: unknown
  registries: ReadonlyMap<number, string>
}) {
  const words = useWords(registries)
  const t = useTranslations('form')
  if (value === undefined || value === null || (name === 'cron' && value === ''))
    return <span className="text-ink-3">–</span>
  if (name === 'cron' && typeof value === 'string') return <Schedule cron={value} />
  const said = words(name, value)
  if (said !== undefined) return said
  if (value === '') return <span className="text-ink-3">{t('conflict.empty')}</span>
  const isText = name === 'name' || name === 'description' || name === 'email'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return isText || typeof value === 'number' ? text : <code className="font-mono text-xs">{text}</code>
}

/** In words, with the expression that says it exactly; one without words stands alone. */
export function Schedule({ cron }: { cron: string }) {
  return (
    <span className="flex flex-wrap items-baseline gap-x-1.5">
      <ScheduleText cron={cron} enabled={false} />
      {readSchedule(cron).kind !== 'other' && <Chip>{cron}</Chip>}
    </span>
  )
}

/** The words for values that a person would not know by their name on the wire. */
function useWords(registries: ReadonlyMap<number, string>) {
  const t = useTranslations('form.said')
  const c = useTranslations('common')
  const typeName = useTypeName()
  const known = (name: FieldName | undefined, value: unknown) => {
    switch (name) {
      case 'sourceRegistry':
      case 'targetRegistry':
        if (value === 0) return t('here')
        return typeof value === 'number' ? (registries.get(value) ?? `#${value}`) : undefined
      case 'namespace':
        return value === '' ? t('sameNamespace') : undefined
      case 'trigger': {
        const trigger = parseEnum(replicationTriggers, value)
        return trigger && t(`trigger.${trigger}`)
      }
      case 'scope': {
        const scope = parseEnum(scopeModes, value)
        return scope && t(`scope.${scope}`)
      }
      case 'override':
        return typeof value === 'boolean' ? t(value ? 'overwrite' : 'keep') : undefined
      case 'template': {
        const template = parseEnum(retentionTemplates, value)
        return template && t(`template.${template}`)
      }
      case 'filterDecoration':
      case 'tagDecoration': {
        const decoration = parseEnum(tagDecorations, value)
        return decoration && t(`decoration.${decoration}`)
      }
      case 'repositoryDecoration':
        return value === 'repoMatches' ? t('decoration.matches') : undefined
      case 'ruleAction':
        return value === 'retain' ? t('retain') : undefined
      case 'algorithm':
        return value === 'or' ? t('or') : undefined
      case 'registryType':
        return typeof value === 'string' ? typeName(value) : undefined
      case 'role': {
        const role = parseEnum(roles, value)
        return role && c(`role.${role}`)
      }
      default:
        return undefined
    }
  }
  return (name: FieldName | undefined, value: unknown) =>
    known(name, value) ?? (typeof value === 'boolean' ? c(value ? 'yes' : 'no') : undefined)
}
