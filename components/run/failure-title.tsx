'use client'

import { useTranslations } from 'next-intl'
import type { Failure } from '@/lib/contract/swr/runs'

const longest = 80

/** The first words of a text: its first line, cut between two words. */
export function firstWords(text: string): string {
  const line = text.trim().split(/\r?\n/)[0] ?? ''
  if (line.length <= longest) return line
  const cut = line.slice(0, longest)
  const end = cut.lastIndexOf(' ')
  return `${end > longest / 2 ? cut.slice(0, end) : cut}…`
}

/** A cause in a few words; where no sign tells it, SWR's own first words are more than "another reason". */
export function useFailureTitle(side: string) {
  const t = useTranslations('run')
  return ({ cause, text }: Pick<Failure, 'cause' | 'text'>): string =>
    cause === 'other' ? firstWords(text) || t('why.silent') : t(`why.cause.${cause}`, { side })
}
