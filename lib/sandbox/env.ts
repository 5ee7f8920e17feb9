/** The sandbox's only reader of the environment. 0 lets the system choose a free port. */
function port(name: string, otherwise: number): number {
  const text = process.env[name]
  if (text === undefined || text === '') return otherwise
  const value = Number(text)
  if (!/^\d{1,5}$/.test(text) || value > 65_535) throw new Error(`${name} must be a port number, not "${text}"`)
  return value
}

export const ports = () => ({ port: port('SANDBOX_PORT', 4100), controlPort: port('SANDBOX_CONTROL_PORT', 4101) })
