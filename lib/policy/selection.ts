const glob = /[*?[\]{},\\\s]/

/** A full name such as `library/nginx` that means only itself in a pattern. */
export const isPlainRepository = (name: string) => /^[^/]+\/.*[^/]$/.test(name) && !glob.test(name)

/**
 * The pattern that picked repositories are sent as (NOTES section 10): `library/nginx`, `library/{nginx,redis}` within one
 * namespace, `{library/nginx,payments/api}` across several.
 */
export function selectionPattern(repositories: readonly string[]): string {
  const [first = ''] = repositories
  if (repositories.length <= 1) return first
  const prefix = first.slice(0, first.indexOf('/') + 1)
  if (!repositories.every((name) => name.startsWith(prefix))) return `{${repositories.join()}}`
  return `${prefix}{${repositories.map((name) => name.slice(prefix.length)).join()}}`
}

/** The repositories behind such a pattern; null when it says more than a list of names can. */
export function readSelection(pattern: string): string[] | null {
  const braces = /^([^{}]*)\{([^{}]*)\}$/.exec(pattern)
  const names = braces ? (braces[2] ?? '').split(',').map((name) => `${braces[1]}${name}`) : [pattern]
  return names.every(isPlainRepository) ? [...new Set(names)] : null
}

/** Keeps the spelling that was read as long as it names the same repositories. */
export function spellSelection(repositories: readonly string[], read: string): string {
  const before = readSelection(read)
  const same = before?.length === repositories.length && before.every((name) => repositories.includes(name))
  return same ? read : selectionPattern(repositories)
}

// Retention matches names inside its namespace: any first part turns one into a full name and back.
const within = (name: string) => `-/${name}`
const inside = (full: string) => full.slice(within('').length)

/** The same for names inside a namespace: `web`, `{web,team/api}`. */
export const innerSelection = (names: readonly string[], read: string) =>
  inside(spellSelection(names.map(within), within(read)))

/** The names behind such a pattern; null when it says more than a list of names can. */
export const readInnerSelection = (pattern: string) => readSelection(within(pattern))?.map(inside) ?? null
