import type { NavPlace } from '../context/location'

type Connection = NonNullable<NavPlace['connection']>

/** The instance of a page as its cookie keeps it; nothing where a page has none. */
export const lastInstanceText = ({ connection, instance }: NavPlace): string | undefined =>
  connection && instance && [connection.id, instance.id, instance.name].map(encodeURIComponent).join('/')

const decode = (text: string) => {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}

/**
 * Where the navigation of a page leads that stands beside the instances (sync, audit log, users): to the instance that was
 * used last. `of` is the page's own connection, which another one's instance does not belong to.
 */
export function lastPlace(text: string | undefined, connections: readonly Connection[], of?: string): NavPlace {
  const [id = '', instance = '', name = ''] = (text ?? '').split('/').map(decode)
  const own = of === undefined ? undefined : connections.find((each) => each.id === of)
  const last = connections.find((each) => each.id === id)
  if (!last || instance === '' || (of !== undefined && of !== id)) return own ? { connection: own } : {}
  return { connection: last, instance: { id: instance, name: name || instance } }
}
