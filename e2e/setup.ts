import { address, sandboxKeys } from './accounts'
import { Sandbox } from './sandbox'

/** The sandbox learns the keys of the further connections before the first test. */
export default async function setup() {
  const sandbox = new Sandbox(address.control)
  for (const key of sandboxKeys) await sandbox.key(key)
}
