/**
 * Spells out a schedule that `readSchedule` calls `other`. The library loads when first asked for: hardly any policy has
 * such a schedule. Empty when the library cannot read the text either.
 */
export async function describeSchedule(cron: string, locale: 'en' | 'zh-CN'): Promise<string> {
  const { default: library } = await import('cronstrue')
  // Registers itself with the library.
  if (locale === 'zh-CN') await import('cronstrue/locales/zh_CN')
  try {
    return library.toString(cron, { locale: locale === 'zh-CN' ? 'zh_CN' : 'en', use24HourTimeFormat: true })
  } catch {
    return ''
  }
}
