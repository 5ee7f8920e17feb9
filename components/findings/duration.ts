import { useTranslations } from 'next-intl'

/** Seconds in the one or two units that say them. */
export function useDuration() {
  const t = useTranslations('checks.duration')
  return (total: number | null) => {
    const seconds = Math.round(total ?? 0)
    const [minutes, hours] = [Math.floor(seconds / 60), Math.floor(seconds / 3600)]
    if (hours >= 48) return t('d', { days: seconds / 86_400 })
    if (hours > 0) return minutes % 60 ? t('hm', { hours, minutes: minutes % 60 }) : t('h', { hours })
    if (minutes > 0) return seconds % 60 ? t('ms', { minutes, seconds: seconds % 60 }) : t('m', { minutes })
    return t('s', { seconds })
  }
}
