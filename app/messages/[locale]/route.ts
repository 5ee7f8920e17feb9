import { isLocale, locales } from '@/lib/i18n/locale'
import { messages } from '@/lib/i18n/messages'

/*
 * The texts of a language, as a file that browsers keep: in each page they would be two thirds of it. Written when the console
 * is built; the address that pages give (lib/i18n/messages-address.ts) changes with the texts.
 */

export const dynamic = 'force-static'
export const dynamicParams = false
export const generateStaticParams = () => locales.map((locale) => ({ locale }))

export async function GET(_: Request, { params }: RouteContext<'/messages/[locale]'>) {
  const { locale } = await params
  if (!isLocale(locale)) return new Response(null, { status: 404 })
  return Response.json(messages[locale], { headers: { 'cache-control': 'public, max-age=31536000, immutable' } })
}
