import { config } from '@/lib/env/config'

export const dynamic = 'force-dynamic'

/** Where `proxy.ts` leads a request that came by another name of this machine: to the console's own. */
export function GET(request: Request) {
  const to = new URL(request.url).searchParams.get('to') ?? '/'
  const location = config().url + (to.startsWith('/') ? to : '/')
  return new Response(null, { status: 307, headers: { location, 'cache-control': 'no-store' } })
}
