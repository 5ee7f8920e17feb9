/** Host names that lead to an address, as a text with one of each a line. */
export const formatHosts = (hosts: Readonly<Record<string, string>>) =>
  Object.entries(hosts)
    .map(([host, address]) => `${host} ${address}`)
    .join('\n')

const host = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/i
const four = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/
const six = /^(?=.*:.*:)[0-9a-f:.]{2,45}$/i

/** The pairs of such a text; null when a line is none, or a host stands in two. */
export function parseHosts(text: string): Record<string, string> | null {
  const lines = text.split('\n').flatMap((line) => line.trim() || [])
  const pairs = lines.map((line): [string, string] => {
    const [name = '', address = '', ...more] = line.split(/[\s=]+/)
    return more.length === 0 && host.test(name) && (four.test(address) || six.test(address))
      ? [name, address]
      : ['', '']
  })
  const names = new Set(pairs.map(([name]) => name))
  return names.has('') || names.size < pairs.length ? null : Object.fromEntries(pairs)
}
