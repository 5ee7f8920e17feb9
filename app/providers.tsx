'use client'

import { environmentManager, QueryClientProvider } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import { type ReactNode, useEffect } from 'react'
import { ProgressLine } from '@/components/shell/progress-line'
import { SessionWatch } from '@/components/shell/session-watch'
import { GlyphSheet } from '@/components/ui/glyph'
import { Notices } from '@/components/ui/toast'
import { Tooltips } from '@/components/ui/tooltips'
import { replayEarlyPress } from '@/lib/early-press'
import { makeClient } from '@/lib/query/make-client'

let browserClient: ReturnType<typeof makeClient> | undefined

function client() {
  // One per request on the server, one per tab in the browser.
  if (environmentManager.isServer()) return makeClient()
  browserClient ??= makeClient()
  return browserClient
}

/** Everything that every page needs in the browser. */
export function Providers({ children }: { children: ReactNode }) {
  const c = useTranslations('common')
  useEffect(replayEarlyPress, [])
  return (
    <QueryClientProvider client={client()}>
      <NuqsAdapter>
        <GlyphSheet />
        {children}
        <SessionWatch />
        <Tooltips />
        <ProgressLine />
        <Notices label={c('notices')} />
      </NuqsAdapter>
    </QueryClientProvider>
  )
}
