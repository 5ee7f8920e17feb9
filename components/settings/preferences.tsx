'use client'

import { useRouter } from 'next/navigation'
import { useLocale, useTimeZone, useTranslations } from 'next-intl'
import { useState } from 'react'
import { Section } from '@/components/form/section'
import { setPreference } from '@/components/shell/preference'
import { Segmented } from '@/components/ui/segmented'
import { preferenceCookies } from '@/lib/i18n/locale'
import { type Theme, themeClass, themes } from '@/lib/theme'

/** A language is written in itself, so that whoever reads only that one finds it. */
const languages = [
  { value: 'en', label: 'English' },
  { value: 'zh-CN', label: '简体中文' },
] as const

function applyTheme(theme: Theme) {
  const { classList } = document.documentElement
  classList.remove(...themes)
  const name = themeClass(theme)
  if (name) classList.add(name)
}

/** Language and theme take effect at once and are remembered in this browser. */
export function Preferences({ theme: initial }: { theme: Theme }) {
  const t = useTranslations('settings')
  const router = useRouter()
  const locale = useLocale()
  const timeZone = useTimeZone()
  const [theme, setTheme] = useState(initial)
  return (
    <>
      <Section title={t('language')} titleId="language">
        <div>
          <Segmented
            name="language"
            value={locale}
            options={languages}
            labelledBy="language"
            onChange={(next) => {
              setPreference(preferenceCookies.locale, next)
              router.refresh()
            }}
          />
        </div>
      </Section>
      <Section title={t('theme')} titleId="theme">
        <div>
          <Segmented
            name="theme"
            value={theme}
            options={themes.map((value) => ({ value, label: t(value) }))}
            labelledBy="theme"
            onChange={(next) => {
              setPreference(preferenceCookies.theme, next)
              setTheme(next)
              applyTheme(next)
            }}
          />
        </div>
      </Section>
      <Section title={t('timeZone')} lead={t('timeZoneText')}>
        <p>{timeZone}</p>
      </Section>
    </>
  )
}
