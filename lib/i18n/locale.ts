export const locales = ['en', 'zh-CN'] as const
export type Locale = (typeof locales)[number]

/** Cookies that the browser may read and write: none of them is a secret. */
export const preferenceCookies = {
  locale: 'locale',
  theme: 'theme',
  timeZone: 'time-zone',
  weekZone: 'week-zone',
  instance: 'instance',
} as const

export const isLocale = (value: unknown): value is Locale => locales.some((locale) => locale === value)

/** Best of our languages for an `Accept-Language` header: highest weight wins, any Chinese reads Simplified here. */
export function localeFor(acceptLanguage: string | null): Locale {
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((entry) => {
      const [tag = '', ...parameters] = entry.trim().toLowerCase().split(';')
      const weight = parameters.map((text) => /^\s*q=([\d.]+)$/.exec(text)?.[1]).find(Boolean)
      return { tag, weight: weight === undefined ? 1 : Number(weight) }
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
  for (const { tag } of wanted) {
    if (tag === 'zh' || tag.startsWith('zh-')) return 'zh-CN'
    if (tag === 'en' || tag.startsWith('en-')) return 'en'
  }
  return 'en'
}

/** A zone that this runtime knows, or UTC: the cookie comes from the browser and may hold anything. */
export function timeZoneOf(value: string | undefined): string {
  try {
    return value ? new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone : 'UTC'
  } catch {
    return 'UTC'
  }
}
