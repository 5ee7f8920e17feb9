import { isLocale, locales } from '@/lib/i18n/locale'
import { messages } from '@/lib/i18n/messages'
import { messagesVersion } from '@/lib/i18n/messages-address'

/*
 * The texts of a language, as a file that browsers keep: in each page they would be two thirds of it. Written when the console
 * is built. Another version than that of this build is not there: behind one address, another replica may have it.
 */

export const dynamic = 'force-static'
export const dynamicParams = false
export const generateStaticParams = () => locales.map((locale) => ({ locale, version: messagesVersion(locale) }))

export async function GET(_: Request, { params }: RouteContext<'/messages/[locale]/[version]'>) {
  const { locale } = await params
  if (!isLocale(locale)) return new Response(null, { status: 404 })
  return Response.json(messages[locale], { headers: { 'cache-control': 'public, max-age=31536000, immutable' } })
}
