/** What nuqs needs of a value of the address. */
export type Parsers = Readonly<Record<string, { readonly parse: (text: string) => unknown }>>

/** `name=value` of each value of an address that its parser does not take; a list of values is looked at one by one. */
export const unknownIn = (search: URLSearchParams, parsers: Parsers): string[] =>
  Object.entries(parsers).flatMap(([name, { parse }]) => {
    const text = search.get(name)
    if (text === null || text === '') return []
    const isList = Array.isArray(parse(''))
    const values = isList ? text.split(',') : [text]
    return values.flatMap((value) => {
      const read = parse(value)
      return read === null || (Array.isArray(read) && read.length === 0) ? [`${name}=${value}`] : []
    })
  })
