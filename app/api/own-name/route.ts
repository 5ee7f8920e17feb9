import { config } from '@/lib/env/config'

export const dynamic = 'force-dynamic'

/** As in a header: what is written otherwise was not made by `proxy.ts`. */
const isPath = (text: string) => /^\/(?![/\\])[\x21-\x7e]*$/.test(text)

/** Where `proxy.ts` leads a request that came by another name of this machine: to the console's own. */
export function GET(request: Request) {
  const to = new URL(request.url).searchParams.get('to') ?? '/'
  const headers = { 'cache-control': 'no-store' }
  if (!isPath(to)) return Response.json({ status: 400, code: 'invalid_request' }, { status: 400, headers })
  return new Response(null, { status: 307, headers: { ...headers, location: config().url + to } })
}
