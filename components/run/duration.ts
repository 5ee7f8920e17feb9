import { useTranslations } from 'next-intl'

/** A length of time in words: seconds for what is short, no seconds for what is long. */
export function useTook() {
  const t = useTranslations('run')
  return (milliseconds: number): string => {
    const all = Math.round(milliseconds / 1000)
    if (all < 1) return t('lessThanSecond')
    if (all < 60) return t('seconds', { seconds: all })
    const minutes = Math.floor(all / 60)
    if (minutes < 10) return t('minutes', { minutes, seconds: all % 60 })
    if (minutes < 60) return t('minutesOnly', { minutes })
    return t('hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })
  }
}

/** Between two times of SWR's; null when one of them is none. */
export const between = (start: string | null, end: string | null): number | null =>
  start && end ? Math.max(Date.parse(end) - Date.parse(start), 0) : null
