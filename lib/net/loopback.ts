/** `hostname` as `URL` writes it: IPv6 in brackets. */
export const isLoopback = (hostname: string) =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)

/** The host name of a `Host` header or of an address to listen on; null when it is none. */
export function hostnameOf(host: string): string | null {
  // Only a bare authority: anything with user, path or query would be read as something else.
  if (!/^(\[[0-9a-f:]+\]|[a-z0-9.-]+)(:\d{1,5})?$/i.test(host)) return null
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : null
}

/** True for the port of `url` under another name of this machine. */
export function otherLoopback(host: string, url: string): boolean {
  const own = new URL(url)
  const [asked, port = ''] = [hostnameOf(host), /:(\d+)$/.exec(host)?.[1]]
  return asked !== null && asked !== own.hostname && isLoopback(asked) && isLoopback(own.hostname) && port === own.port
}
