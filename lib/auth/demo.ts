import { type Role, roles } from '../contract/roles'

/** The demo's accounts. They exist there only, and everybody may know them. */
export const demoAccounts: readonly { email: string; name: string; password: string; role: Role }[] = roles.map(
  (role) => ({ email: `${role}@demo.test`, name: `Demo ${role}`, password: `demo-${role}-password`, role }),
)
