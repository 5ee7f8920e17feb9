import 'server-only'

/**
 * How names of the console's cookies begin. Cookies know no ports: consoles on one machine must not sign each other out.
 * With https a browser takes `__Host-` from this very host only (RFC 6265bis, section 4.1.3.2).
 */
export function cookiePrefix(url: string): string {
  const { port, protocol } = new URL(url)
  return `${protocol === 'https:' ? '__Host-' : ''}${port ? `console-${port}` : 'console'}`
}

/** The value of a cookie in a request. */
export function cookieOf(headers: Pick<Headers, 'get'>, name: string): string | undefined {
  const pair = (headers.get('cookie') ?? '').split(/; */).find((each) => each.startsWith(`${name}=`))
  return pair?.slice(name.length + 1)
}
