/**
 * The field that shows what the server says about a path of the request's body, by a table of paths below it; undefined for
 * what no field shows.
 */
export const fieldByPath =
  <Field extends string>(table: readonly (readonly [RegExp, Field])[]) =>
  (path: string): Field | undefined => {
    const [, below] = /^body\.(.+)$/.exec(path) ?? []
    return below === undefined ? undefined : table.find(([pattern]) => pattern.test(below))?.[1]
  }
