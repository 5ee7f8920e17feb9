/** Stands in for a handler until it is there. */
export const unbuilt = (): never => {
  throw new Error('not built yet')
}
