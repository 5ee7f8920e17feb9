import type { ConsoleOperation, consoleRoutes } from '../contract/console/operations'
import type { ConsoleInput } from '../contract/console/schemas'
import type { SwrOperation, swrRoutes } from '../contract/swr/operations'
import type { SwrInput } from '../contract/swr/schemas'

/** Operations that only read, by their method. */
export type ReadName = {
  [Name in SwrOperation]: (typeof swrRoutes)[Name]['method'] extends 'GET' ? Name : never
}[SwrOperation]
export type WriteName = Exclude<SwrOperation, ReadName>

/** By what they cost: some reads are asked with a body. */
export type OwnReadName = {
  [Name in ConsoleOperation]: (typeof consoleRoutes)[Name]['risk'] extends 'read' ? Name : never
}[ConsoleOperation]
export type OwnWriteName = Exclude<ConsoleOperation, OwnReadName>

/** The only place that writes a query key: server and browser meet by it. */
export const swrKey = <Name extends SwrOperation>(connection: string, name: Name, input: SwrInput<Name>) =>
  ['swr', connection, name, input] as const

/** Every cached answer of an operation on a connection, whatever it was asked with. */
export const swrKeyOfAll = (connection: string, name: SwrOperation) => ['swr', connection, name] as const

/** The key under which an object is shown, by the parameters that its writes have as well. */
export const swrShowKey = (connection: string, name: SwrOperation, params: Readonly<Record<string, string>>) =>
  [...swrKeyOfAll(connection, name), { params }] as const

export const ownKey = <Name extends ConsoleOperation>(name: Name, input: ConsoleInput<Name>) =>
  ['own', name, input] as const

export const ownKeyOfAll = (name: ConsoleOperation) => ['own', name] as const
