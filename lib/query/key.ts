import type { OwnName, ownWire } from '../contract/console/operations'
import type { OwnIn } from '../contract/console/schemas'
import type { OperationName, wire } from '../contract/swr/operations'
import type { In } from '../contract/swr/schemas'

/** Operations that only read, by their method. */
export type ReadName = {
  [Name in OperationName]: (typeof wire)[Name]['method'] extends 'GET' ? Name : never
}[OperationName]
export type WriteName = Exclude<OperationName, ReadName>

/** By what they cost: some reads are asked with a body. */
export type OwnReadName = {
  [Name in OwnName]: (typeof ownWire)[Name]['risk'] extends 'read' ? Name : never
}[OwnName]
export type OwnWriteName = Exclude<OwnName, OwnReadName>

/** The only place that writes a query key: server and browser meet by it. */
export const swrKey = <Name extends OperationName>(connection: string, name: Name, input: In<Name>) =>
  ['swr', connection, name, input] as const

/** Every cached answer of an operation on a connection, whatever it was asked with. */
export const swrKeyOfAll = (connection: string, name: OperationName) => ['swr', connection, name] as const

/** The key under which an object is shown, by the parameters that its writes have as well. */
export const swrShowKey = (connection: string, name: OperationName, params: Readonly<Record<string, string>>) =>
  [...swrKeyOfAll(connection, name), { params }] as const

export const ownKey = <Name extends OwnName>(name: Name, input: OwnIn<Name>) => ['own', name, input] as const

export const ownKeyOfAll = (name: OwnName) => ['own', name] as const
