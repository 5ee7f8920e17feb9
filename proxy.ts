import { createHash } from 'node:crypto'
import { type NextRequest, NextResponse } from 'next/server'
import { earlyPressScript } from './lib/early-press'
import { config as configuration } from './lib/env/config'
import { otherLoopback } from './lib/net/loopback'

/** Gives each page the nonce of a strict Content-Security-Policy. It decides nothing about permissions. */
export function proxy(request: NextRequest) {
  const { url } = configuration()
  const host = request.headers.get('host') ?? ''
  if (host !== new URL(url).host) return otherwise(request, host, url)
  const nonce = Buffer.from(crypto.randomUUID()).toString('base64')
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === 'development')
  // Next reads the nonce from the request and stamps its own tags with it.
  const headers = new Headers(request.headers)
  headers.set('content-security-policy', policy)
  // Layouts and pages are not told their own address; whoever has to sign in first comes back to it.
  headers.set('x-console-at', request.nextUrl.pathname + request.nextUrl.search)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}

/** Cookies and links are for one name. Whoever asks by another of this machine is sent there; others are told where. */
function otherwise({ nextUrl: { pathname, search } }: NextRequest, host: string, url: string) {
  if (!otherLoopback(host, url)) return new NextResponse(`421 Misdirected Request\n${url}\n`, { status: 421 })
  // Next takes the origin off a redirect of ours when it listens there itself, which would lead in a circle.
  const target = new URL('/api/own-name', url)
  target.searchParams.set('to', pathname + search)
  return NextResponse.rewrite(target)
}

const earlyPressHash = createHash('sha256').update(earlyPressScript).digest('base64')

function contentSecurityPolicy(nonce: string, development: boolean) {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'sha256-${earlyPressHash}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    // No nonce here: it would switch unsafe-inline off, and toasts and scroll locks insert <style>.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${development ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

// The API answers no pages, and a file is none. Other headers are set on every response (lib/net/response-headers.ts).
export const config = { matcher: [{ source: '/((?!api/|messages/|_next/static/|icon\\.svg$|favicon\\.ico$).*)' }] }
