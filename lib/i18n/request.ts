import { cookies, headers } from 'next/headers'
import { getRequestConfig } from 'next-intl/server'
import { isLocale, localeFor, preferenceCookies, timeZoneOf } from './locale'
import { messages } from './messages'

/** Language from the cookie, else from `Accept-Language`; never from the address, so that links stay shareable. */
export default getRequestConfig(async () => {
  const jar = await cookies()
  const chosen = jar.get(preferenceCookies.locale)?.value
  const locale = isLocale(chosen) ? chosen : localeFor((await headers()).get('accept-language'))
  return {
    locale,
    messages: messages[locale],
    timeZone: timeZoneOf(jar.get(preferenceCookies.timeZone)?.value),
    now: new Date(),
  }
})
