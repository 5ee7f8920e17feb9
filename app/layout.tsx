import './globals.css'
import clsx from 'clsx'
import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import { getLocale, getNow, getTimeZone, getTranslations } from 'next-intl/server'
import { preload } from 'react-dom'
import { Translations } from '@/components/context/translations'
import { earlyPressScript } from '@/lib/early-press'
import { preferenceCookies } from '@/lib/i18n/locale'
import { messagesAddress } from '@/lib/i18n/messages-address'
import { themeClass } from '@/lib/theme'
import { fontClass } from './fonts'
import { Providers } from './providers'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('common')
  return { title: { default: t('product'), template: `%s · ${t('product')}` }, robots: { index: false } }
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fafaf9' },
    { media: '(prefers-color-scheme: dark)', color: '#111110' },
  ],
}

export default async function RootLayout({ children }: LayoutProps<'/'>) {
  const [locale, timeZone, now, jar] = await Promise.all([getLocale(), getTimeZone(), getNow(), cookies()])
  const address = messagesAddress(locale)
  preload(address, { as: 'fetch', crossOrigin: 'anonymous', fetchPriority: 'low' })
  return (
    <html lang={locale} className={clsx(fontClass, themeClass(jar.get(preferenceCookies.theme)?.value))}>
      <body>
        <Translations address={address} locale={locale} now={now} timeZone={timeZone}>
          <Providers>{children}</Providers>
        </Translations>
        {/* Last, since it waits for the style sheet and what follows waits for it. */}
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, which the Content-Security-Policy names by its hash */}
        <script dangerouslySetInnerHTML={{ __html: earlyPressScript }} />
      </body>
    </html>
  )
}
