import { address, sandboxKeys } from './accounts'
import { lockKey } from './lock-key'
import { signInEveryRole } from './people'
import { Sandbox } from './sandbox'

/** Organizations in regions that no connection covers, for tests that send images there by name. */
const targets = [
  { name: 'sdsad', region: 'cn-north-208' },
  { name: 'mirror', region: 'cn-east-3' },
  { name: 'te__a.m-1', region: 'cn-east-3' },
]

/** The sandbox learns the keys of the further connections before the first test, and locks one of them; each role signs in. */
export default async function setup() {
  const sandbox = new Sandbox(address.control)
  for (const key of sandboxKeys) await sandbox.key(key)
  for (const { name, region } of targets) await sandbox.organization(name, [], { region })
  await lockKey()
  await signInEveryRole()
}
