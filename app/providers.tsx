'use client'

import { environmentManager, QueryClientProvider } from '@tanstack/react-query'
import { NextIntlClientProvider, useLocale, useTranslations } from 'next-intl'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import { type ReactNode, useEffect, useState } from 'react'
import { setPreference } from '@/components/shell/preference'
import { ProgressLine } from '@/components/shell/progress-line'
import { SessionWatch } from '@/components/shell/session-watch'
import { Notices } from '@/components/ui/toast'
import { Tooltips } from '@/components/ui/tooltips'
import { replayEarlyPress } from '@/lib/early-press'
import { preferenceCookies } from '@/lib/i18n/locale'
import { makeClient } from '@/lib/query/make-client'

let browserClient: ReturnType<typeof makeClient> | undefined

function client() {
  // One per request on the server, one per tab in the browser.
  if (environmentManager.isServer()) return makeClient()
  browserClient ??= makeClient()
  return browserClient
}

/** Everything that every page needs in the browser. `timeZone` is the one that the server rendered with. */
export function Providers({ timeZone, children }: { timeZone: string; children: ReactNode }) {
  const c = useTranslations('common')
  useEffect(replayEarlyPress, [])
  return (
    <QueryClientProvider client={client()}>
      <NuqsAdapter>
        <ViewerZone rendered={timeZone}>
          {children}
          <SessionWatch />
          <Tooltips />
          <ProgressLine />
          <Notices label={c('notices')} />
        </ViewerZone>
      </NuqsAdapter>
    </QueryClientProvider>
  )
}

/** The first answer knows no zone and uses UTC; from then on the viewer's own is used, and remembered for the server. */
function ViewerZone({ rendered, children }: { rendered: string; children: ReactNode }) {
  const [timeZone, setTimeZone] = useState(rendered)
  useEffect(() => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone
    if (own && own !== rendered) {
      setPreference(preferenceCookies.timeZone, own)
      setTimeZone(own)
    }
  }, [rendered])
  return (
    <NextIntlClientProvider locale={useLocale()} timeZone={timeZone}>
      {children}
    </NextIntlClientProvider>
  )
}
