import type { consoleRoutes } from './console/operations'
import { type SwrOperation, swrRoutes } from './swr/operations'
import type { SwrRoute } from './swr/route'
import type { publicRoutes } from './v1/operations'

type Names<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never

/** Parameters of a path template that a caller gives; the project id is never among them. Names are written plainly. */
export type PathParams<Path extends string> = { readonly [Name in Exclude<Names<Path>, 'project_id'>]: string }

type Path =
  | (typeof swrRoutes)[SwrOperation]['path']
  | (typeof consoleRoutes)[keyof typeof consoleRoutes]['path']
  | (typeof publicRoutes)[keyof typeof publicRoutes]['path']
export type ParamName = Exclude<Names<Path>, 'project_id'>

/** In the browser's addresses the project id is written so: the real one is the server's. */
export const projectPlaceholder = '-'

/**
 * A repository's slash travels in three ways (docs/swr-api.md section 1, rule 3). Here alone they are written and read: Enterprise
 * paths carry `%2F` encoded once more, Basic paths carry `$`, and so do the console's own addresses.
 */
const slashes: Partial<Record<string, { write: (name: string) => string; read: (text: string) => string }>> = {
  repository_name: {
    write: (name) => name.replaceAll('/', '%2F'),
    read: (text) => text.replaceAll(/%2f/gi, '/'),
  },
  repository: { write: (name) => name.replaceAll('/', '$'), read: (text) => text.replaceAll('$', '/') },
}

/** RFC 3986 path segment; `$` stays bare because Basic Edition's documentation writes it so. */
const encode = (segment: string) =>
  encodeURIComponent(segment)
    .replaceAll('%24', '$')
    .replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

/** The console's own spelling of a repository in its addresses: `team/api` is one segment `team$api`. */
export const repositorySegment = {
  write: (name: string) => name.replaceAll('/', '$'),
  read: (text: string) => text.replaceAll('$', '/'),
}

/** Path as it goes over the wire, percent-encoded. `project` is the real id towards SWR and `-` towards our own API. */
export function fill(template: string, params: Readonly<Record<string, string>>, project: string): string {
  return template.replaceAll(/\{([a-z_]+)\}/g, (_, name: string) => {
    if (name === 'project_id') return encode(project)
    const value = params[name]
    if (value === undefined) throw new TypeError(`path parameter ${name} is missing for ${template}`)
    return encode(slashes[name]?.write(value) ?? value)
  })
}

export interface Match<Name = SwrOperation> {
  name: Name
  /** Decoded, unchecked: the contract's parameter schemas come next. */
  params: Record<string, string>
  project: string | undefined
}

/**
 * Finds the operation whose template equals the path segment by segment; never a prefix. `pathname` is raw, as received.
 * No path fits two templates (tested), so their order does not matter. Answers null when nothing matches or an escape
 * sequence is broken.
 */
export function matcher<Name extends string>(table: Readonly<Record<Name, Pick<SwrRoute, 'method' | 'path'>>>) {
  const rows = Object.entries(table) as [Name, Pick<SwrRoute, 'method' | 'path'>][]
  const templates = rows.map(([name, { method, path }]) => ({ name, method, parts: path.split('/') }))
  return (method: string, pathname: string): Match<Name> | null => {
    const raw = pathname.split('/')
    let segments: string[]
    try {
      segments = raw.map(decodeURIComponent)
    } catch {
      return null
    }
    // A slash that was escaped once: SWR never means it, and who decodes again would see another path.
    if (segments.some((segment) => /[/\\]/.test(segment))) return null
    for (const template of templates) {
      if (template.method !== method || template.parts.length !== segments.length) continue
      const params: Record<string, string> = {}
      let project: string | undefined
      const fits = template.parts.every((part, index) => {
        const segment = segments[index] ?? ''
        const name = /^\{(.+)\}$/.exec(part)?.[1]
        // A literal must stand there unescaped, or two spellings would reach one operation.
        if (name === undefined) return raw[index] === part
        if (segment === '') return false
        if (name === 'project_id') project = segment
        else params[name] = slashes[name]?.read(segment) ?? segment
        return true
      })
      if (fits) return { name: template.name, params, project }
    }
    return null
  }
}

export const match = matcher<SwrOperation>(swrRoutes)
