import 'server-only'

/**
 * A value of which the process has one, made when it is first asked for. Pages and route handlers are bundled apart, so a
 * variable of a module would exist twice; only `globalThis` is shared between them.
 */
export function globalSlot<Value>(name: string, make: () => Value): () => Value {
  const slot = Symbol.for(`console.${name}`)
  const shared = globalThis as typeof globalThis & { [slot]?: Value }
  return () => {
    shared[slot] ??= make()
    return shared[slot]
  }
}
