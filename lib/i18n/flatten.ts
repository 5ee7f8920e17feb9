/** Every text of a tree of messages with its full key. */
export function flatten(tree: object, above = ''): [key: string, text: string][] {
  return Object.entries(tree).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? flatten(value, `${above}${key}.`)
      : [[`${above}${key}`, String(value)] satisfies [string, string]],
  )
}
