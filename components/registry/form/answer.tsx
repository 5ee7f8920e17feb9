'use client'

import { useTranslations } from 'next-intl'
import { OrEmpty } from '@/components/diff/value-text'
import type { AnswerProps } from '@/components/form/edit/kind'
import { Chip } from '@/components/ui/code'
import { type RegistryDraft, type RegistryQuestion, registryQuestions } from '@/lib/policy/registry/form'

/** What a draft answers to a question, in the words of the form. */
export function RegistryAnswer({ draft, question }: AnswerProps<RegistryDraft, RegistryQuestion>) {
  const c = useTranslations('common')
  if (question === 'insecure') return c(draft.insecure ? 'yes' : 'no')
  const text = registryQuestions
    .filter(({ name }) => name === question)
    .flatMap(({ fields }) => fields.map((field) => draft[field]))
    .filter(Boolean)
    .join(' · ')
  return <OrEmpty>{question === 'name' || question === 'description' ? text : text && <Chip>{text}</Chip>}</OrEmpty>
}
