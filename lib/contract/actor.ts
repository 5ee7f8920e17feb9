import type { Role } from './roles'

/** The signed-in user that a request is made for. */
export interface Actor {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: Role
}
