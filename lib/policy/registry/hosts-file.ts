import { regexes } from 'zod/mini'

/** Host names that lead to an address, as a text with one of each a line. */
export const formatHosts = (hosts: Readonly<Record<string, string>>) =>
  Object.entries(hosts)
    .map(([host, address]) => `${host} ${address}`)
    .join('\n')

const host = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/i
const isAddress = (text: string) => {
  // IPv6 may end in an IPv4 address, which takes the place of two of its groups.
  const [, head, tail = ''] = /^(.*:)([\d.]+\.\d+)$/.exec(text) ?? []
  if (head !== undefined) return regexes.ipv4.test(tail) && regexes.ipv6.test(`${head}0:0`)
  return regexes.ipv4.test(text) || regexes.ipv6.test(text)
}

/** The pairs of such a text; null when a line is none, or a host stands in two. */
export function parseHosts(text: string): Record<string, string> | null {
  const lines = text.split('\n').flatMap((line) => line.trim() || [])
  const pairs = lines.map((line): [string, string] => {
    const [name = '', address = '', ...more] = line.split(/[\s=]+/)
    return more.length === 0 && host.test(name) && isAddress(address) ? [name, address] : ['', '']
  })
  const names = new Set(pairs.map(([name]) => name))
  return names.has('') || names.size < pairs.length ? null : Object.fromEntries(pairs)
}
