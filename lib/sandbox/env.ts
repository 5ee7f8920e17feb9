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

const sizeForm = /^policies=(\d{1,5}),repositories=(\d{1,5}),tags=(\d{1,6}),instances=(\d{1,3})$/

/** What it holds beside the demo: `policies=10000,repositories=2000,tags=50000,instances=60`; nothing unless it is said. */
export function size(): Size | undefined {
  const text = process.env.SANDBOX_SIZE
  if (text === undefined || text === '') return undefined
  const [, ...numbers] = sizeForm.exec(text) ?? []
  const [policies = 0, repositories = 0, tags = 0, instances = 0] = numbers.map(Number)
  if (instances < 1 || repositories < 1)
    throw new Error(`SANDBOX_SIZE must be like policies=10000,repositories=2000,tags=50000,instances=60, not "${text}"`)
  return { policies, repositories, tags, instances }
}
