'use client'

import { type Messages, NextIntlClientProvider } from 'next-intl'
import { type ReactNode, use, useEffect, useState } from 'react'
import { setPreference } from '@/components/shell/preference'
import { type Locale, preferenceCookies } from '@/lib/i18n/locale'

const retryMs = 2_000
/** After so many a newer console has taken the place of the one that wrote this page. */
const mostTries = 5
const reading = new Map<string, Promise<Messages>>()

async function fetchMessages(address: string): Promise<Messages> {
  for (let tries = 1; ; tries++) {
    try {
      const answer = await fetch(address)
      if (answer.ok) return await answer.json()
      if (answer.status === 404 && tries >= mostTries) window.location.reload()
    } catch {
      // Without its texts the page cannot come alive: there is nothing better to do than to ask on.
    }
    await new Promise((resolve) => setTimeout(resolve, retryMs * Math.min(tries, mostTries)))
  }
}

/** The server has the texts at hand; they are no part of what the browser loads as a script. */
function read(address: string, locale: Locale): Promise<Messages> {
  if (typeof window !== 'undefined') return fetchMessages(address)
  return import('@/lib/i18n/messages').then(({ messages }) => messages[locale])
}

/** The same promise each time, so that React knows it. */
function messagesAt(address: string, locale: Locale): Promise<Messages> {
  const known = reading.get(address) ?? read(address, locale)
  reading.set(address, known)
  return known
}

/**
 * The texts for all that runs in the browser, read from `address`, and the viewer's time zone. The first answer of the server
 * knows no zone and uses UTC (`timeZone`); from then on the viewer's own is used, and remembered for the server.
 */
export function Translations({
  address,
  locale,
  now,
  timeZone,
  children,
}: {
  address: string
  locale: Locale
  /** The time of the request, for the first look. */
  now: Date
  timeZone: string
  children: ReactNode
}) {
  const messages = use(messagesAt(address, locale))
  const [zone, setZone] = useState(timeZone)
  useEffect(() => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone
    if (own && own !== timeZone) {
      setPreference(preferenceCookies.timeZone, own)
      setZone(own)
    }
  }, [timeZone])
  return (
    <NextIntlClientProvider locale={locale} messages={messages} now={now} timeZone={zone}>
      {children}
    </NextIntlClientProvider>
  )
}
