const glob = /[*?[\]{},\\\s]/

/** A full name such as `library/nginx` that means only itself in a pattern. */
export const isPlainRepository = (name: string) => /^[^/]+\/.*[^/]$/.test(name) && !glob.test(name)

/**
 * The pattern that picked repositories are sent as (docs/swr-api.md section 10): `library/nginx`, `library/{nginx,redis}` within one
 * namespace, `{library/nginx,payments/api}` across several. The long form also where one name goes on from another: the
 * engine does not find `library/nginx` in `library/{nginx,nginx/alpine}`.
 */
export function repositoryListPattern(repositories: readonly string[]): string {
  const [first = ''] = repositories
  if (repositories.length <= 1) return first
  const prefix = first.slice(0, first.indexOf('/') + 1)
  if (!repositories.every((name) => name.startsWith(prefix)) || goesOn(repositories)) return `{${repositories.join()}}`
  return `${prefix}${braced(repositories.map((name) => name.slice(prefix.length)))}`
}

const braced = (names: readonly string[]) => (names.length <= 1 ? names.join() : `{${names.join()}}`)

function goesOn(names: readonly string[]): boolean {
  const all = new Set(names)
  return names.some((name) => {
    for (let at = name.lastIndexOf('/'); at > 0; at = name.lastIndexOf('/', at - 1))
      if (all.has(name.slice(0, at))) return true
    return false
  })
}

/** The repositories behind such a pattern; null when it says more than a list of names can. */
export function parseRepositoryList(pattern: string): string[] | null {
  const braces = /^([^{}]*)\{([^{}]*)\}$/.exec(pattern)
  const names = braces ? (braces[2] ?? '').split(',').map((name) => `${braces[1]}${name}`) : [pattern]
  return names.every(isPlainRepository) ? [...new Set(names)] : null
}

/** Keeps the spelling that was read as long as it names the same repositories. */
export function formatRepositoryList(repositories: readonly string[], read: string): string {
  return namesSame(parseRepositoryList(read), repositories) ? read : repositoryListPattern(repositories)
}

const namesSame = (before: readonly string[] | null, names: readonly string[]) =>
  before?.length === names.length && before.every((name) => names.includes(name))

// Retention matches names inside its namespace: any first part turns one into a full name and back.
const within = (name: string) => `-/${name}`
const inside = (full: string) => full.slice(within('').length)

/**
 * The same for names inside a namespace: `web`, `{web,team/api}`. No pattern takes both `team` and `team/api`, and nothing
 * but them: such a selection loses the shorter one.
 */
export const formatInnerList = (names: readonly string[], read: string) =>
  namesSame(parseInnerList(read), names) ? read : braced(names)

/** The names behind such a pattern; null when it says more than a list of names can. */
export const parseInnerList = (pattern: string) => parseRepositoryList(within(pattern))?.map(inside) ?? null
