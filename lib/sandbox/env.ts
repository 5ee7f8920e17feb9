import type { Size } from './seed/large'

/** The sandbox's only reader of the environment. 0 lets the system choose a free port. */
function port(name: string, otherwise: number): number {
  const text = process.env[name]
  if (text === undefined || text === '') return otherwise
  const value = Number(text)
  if (!/^\d{1,5}$/.test(text) || value > 65_535) throw new Error(`${name} must be a port number, not "${text}"`)
  return value
}

export const ports = () => ({ port: port('SANDBOX_PORT', 4100), controlPort: port('SANDBOX_CONTROL_PORT', 4101) })

const limits = {
  policies: 99_999,
  repositories: 99_999,
  tags: 999_999,
  instances: 999,
  basicTags: 99_999,
  basicRepositories: 9_999,
} as const
const isLimited = (name: string): name is keyof typeof limits => Object.hasOwn(limits, name)

/**
 * What it holds beside the demo: `policies=10000,repositories=2000,tags=50000,instances=60` of the Enterprise Edition,
 * `basicTags=10000,basicRepositories=2000` of the Basic Edition, or all six; nothing unless it is said.
 */
export function size(): Size | undefined {
  const text = process.env.SANDBOX_SIZE
  if (text === undefined || text === '') return undefined
  const given = new Map<string, number>()
  for (const part of text.split(',')) {
    const [, name = '', digits = ''] = /^(\w+)=(\d{1,6})$/.exec(part) ?? []
    if (!isLimited(name) || Number(digits) > limits[name]) throw misread(text)
    given.set(name, Number(digits))
  }
  const of = (name: keyof typeof limits) => given.get(name) ?? 0
  const size = {
    policies: of('policies'),
    repositories: of('repositories'),
    tags: of('tags'),
    instances: of('instances'),
  }
  const isEnterprise = Object.keys(size).some((name) => given.has(name))
  if (isEnterprise && (size.instances < 1 || size.repositories < 1)) throw misread(text)
  return { ...size, basicTags: of('basicTags'), basicRepositories: of('basicRepositories') }
}

const misread = (text: string) =>
  new Error(
    `SANDBOX_SIZE must be like policies=10000,repositories=2000,tags=50000,instances=60 or basicTags=10000,basicRepositories=2000, not "${text}"`,
  )
