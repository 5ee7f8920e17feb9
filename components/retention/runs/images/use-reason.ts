import { useTranslations } from 'next-intl'
import { problemCodes } from '@/lib/contract/problem'
import { parseEnum } from '@/lib/policy/enum'

/** Why an image was not archived or restored, as the console says it; anything else is SWR's own text, or a problem's code. */
const reasons = [
  'untagged',
  'not_listed',
  'odd_name',
  'archive_collision',
  'archive_taken',
  'archive_missing',
  'unforeseen',
  'was_there',
  'tag_taken',
  'restore_missing',
  'restore_other',
  'unclear',
] as const

export function useImageReason() {
  const t = useTranslations('retentionRuns.why')
  const p = useTranslations('problem')
  return (text: string): string => {
    const own = parseEnum(reasons, text)
    const code = parseEnum(problemCodes, text)
    return own ? t(`reason.${own}`) : code ? p(`${code}.title`) : text
  }
}
