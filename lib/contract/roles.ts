/** From least to most: each role may do what the ones before it may. */
export const roles = ['viewer', 'operator', 'admin'] as const
export type Role = (typeof roles)[number]

/** True when `role` reaches the least role that an operation names. */
export function allows(role: Role, operation: { readonly role: Role }): boolean {
  return roles.indexOf(role) >= roles.indexOf(operation.role)
}
