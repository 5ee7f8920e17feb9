import { createHash, createHmac } from 'node:crypto'
import { request } from 'undici'

export const dynamic = 'force-dynamic'

const sha256 = (text) => createHash('sha256').update(text).digest('hex')

/** One read through the server, and nothing else: signed as SWR wants it, sent, handed on. */
export async function GET() {
  const url = new URL(process.env.UPSTREAM)
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
  const signed = `host:${url.host}\nx-sdk-date:${date}\n`
  const canonical = ['GET', `${url.pathname}/`, '', signed, 'host;x-sdk-date', sha256('')].join('\n')
  const signature = createHmac('sha256', 'secret')
    .update(`SDK-HMAC-SHA256\n${date}\n${sha256(canonical)}`)
    .digest('hex')
  const authorization = `SDK-HMAC-SHA256 Access=access, SignedHeaders=host;x-sdk-date, Signature=${signature}`
  const { statusCode, body } = await request(url, { headers: { 'x-sdk-date': date, authorization } })
  return new Response(await body.text(), { status: statusCode, headers: { 'content-type': 'application/json' } })
}
