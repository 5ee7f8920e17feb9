import { request } from 'undici'

/** What comes over the wire, as a browser asks for it unless another encoding is named. Throws when it is anything but a 200. */
export async function get(address, cookie, encoding = 'gzip, br') {
  const headers = { 'accept-encoding': encoding, ...(cookie && { cookie }) }
  const { statusCode, body } = await request(address, { headers })
  const bytes = Buffer.from(await body.arrayBuffer())
  if (statusCode !== 200) throw new Error(`${address} answered ${statusCode}: ${bytes.toString().slice(0, 200)}`)
  return bytes
}
