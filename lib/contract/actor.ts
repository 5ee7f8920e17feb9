import type { Role } from './roles'

/** The signed-in user that a request is made for. */
export interface Actor {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: Role
  /** Ids of the connections that they may use; all of them without. */
  readonly connections?: readonly string[] | undefined
}

/** Whether a connection exists for this actor. */
export const mayUse = ({ connections }: Actor, connection: string): boolean => connections?.includes(connection) ?? true
