import { address, sandboxKeys } from './accounts'
import { lockKey } from './lock-key'
import { signInEveryRole } from './people'
import { Sandbox } from './sandbox'

/** The sandbox learns the keys of the further connections before the first test, and locks one of them; each role signs in. */
export default async function setup() {
  const sandbox = new Sandbox(address.control)
  for (const key of sandboxKeys) await sandbox.key(key)
  await lockKey()
  await signInEveryRole()
}
