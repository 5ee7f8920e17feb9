import { request } from 'undici'

/** What comes over the wire, compressed as a browser asks for it. Throws when it is anything but a 200. */
export async function get(address, cookie) {
  const headers = { 'accept-encoding': 'gzip, br', ...(cookie && { cookie }) }
  const { statusCode, body } = await request(address, { headers })
  const bytes = Buffer.from(await body.arrayBuffer())
  if (statusCode !== 200) throw new Error(`${address} answered ${statusCode}: ${bytes.toString().slice(0, 200)}`)
  return bytes
}
