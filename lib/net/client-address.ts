import 'server-only'
import { BlockList, isIP } from 'node:net'

/** What the console itself says about the other end of a connection. A client's own header of this name is dropped. */
export const clientAddressHeader = 'x-console-client-address'

/** An address, or a range such as `10.0.0.0/8`. */
export function isAddressRange(range: string): boolean {
  const [address = '', bits, ...more] = range.split('/')
  const version = isIP(address)
  if (version === 0 || more.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}

const family = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** Whether an address is in one of the ranges. */
export function addressMatcher(ranges: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const range of ranges) {
    const [address = '', bits] = range.split('/')
    if (bits === undefined) list.addAddress(address, family(address))
    else list.addSubnet(address, Number(bits), family(address))
  }
  return (address) => list.check(address, family(address))
}

/** The bare address of a hop, which some proxies write with a port or brackets; null when it is none. */
function addressOf(hop: string): string | null {
  const text = hop.trim().replace(/^\[(.*)\](:\d+)?$|^([\d.]+):\d+$/, '$1$3')
  const bare = text.replace(/^::ffff:(?=[\d.]+$)/i, '')
  return isIP(bare) === 0 ? null : bare
}

/**
 * Who really asks: the first address from the right that is no proxy of ours. What stands left of it was written by the
 * client and means nothing.
 */
export function clientAddress(
  peer: string,
  forwardedFor: string | undefined,
  isProxy: (address: string) => boolean,
): string | null {
  let client = addressOf(peer)
  for (const hop of (forwardedFor ?? '').split(',').reverse()) {
    if (client === null || !isProxy(client)) break
    client = addressOf(hop) ?? client
  }
  return client
}
