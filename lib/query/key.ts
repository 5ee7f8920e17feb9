import type { In } from '../contract/swr'
import type { OperationName, wire } from '../contract/wire'

/** Operations that only read, by their method. */
export type ReadName = {
  [Name in OperationName]: (typeof wire)[Name]['method'] extends 'GET' ? Name : never
}[OperationName]
export type WriteName = Exclude<OperationName, ReadName>

/** The only place that writes a query key: server and browser meet by it. */
export const swrKey = <Name extends OperationName>(connection: string, name: Name, input: In<Name>) =>
  ['swr', connection, name, input] as const

/** Every cached answer of an operation on a connection, whatever it was asked with. */
export const swrKeyOfAll = (connection: string, name: OperationName) => ['swr', connection, name] as const
