'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { type Changed, Meanwhile } from '@/components/diff/conflict'
import { Chip } from '@/components/ui/code'
import type { Registry } from '@/lib/contract/swr/registry'
import { mergedRegistry, type RegistryDraft, registryQuestions, toForm } from '@/lib/policy/registry/form'

/** A registry was changed or deleted while it was edited; one that is gone can be made again. */
export function RegistryMeanwhile({ opened, now, mine, onMerged, onAgain, onClose }: Changed<Registry, RegistryDraft>) {
  const c = useTranslations('common')
  const words = (draft: RegistryDraft, { name, fields }: (typeof registryQuestions)[number]): ReactNode => {
    if (name === 'insecure') return c(draft.insecure ? 'yes' : 'no')
    const text = fields
      .map((field) => draft[field])
      .filter(Boolean)
      .join(' · ')
    return name === 'name' || name === 'description' ? text : text && <Chip>{text}</Chip>
  }
  const sides = now && { opened: toForm(opened), now: toForm(now), mine }
  return (
    <Meanwhile
      name={opened.name ?? `#${opened.id}`}
      questions={registryQuestions}
      sides={sides}
      words={words}
      onMerge={(taken) => sides && onMerged(mergedRegistry(sides, taken))}
      onAgain={onAgain}
      onClose={onClose}
    />
  )
}
