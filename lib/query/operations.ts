import { type ConsoleOperation, type ConsoleRoute, consoleRoutes } from '../contract/console/operations'
import type { ConsoleInput, ConsoleOutput } from '../contract/console/schemas'
import { fill, projectPlaceholder } from '../contract/path'
import { type SwrOperation, swrRoutes } from '../contract/swr/operations'
import type { SwrRoute } from '../contract/swr/route'
import type { SwrInput, SwrOutput, SwrResult } from '../contract/swr/schemas'

/** Everything that a page may ask for: operations of SWR, through the proxy, and of the console itself. */
export type ApiOperation = SwrOperation | ConsoleOperation

/** SWR's paths do not name the connection; here it is a parameter like the others. */
type ConnectedInput<Name extends SwrOperation> = Omit<SwrInput<Name>, 'params'> & {
  readonly params: SwrInput<Name>['params'] & { readonly connection: string }
}

export type ApiInput<Name extends ApiOperation> = Name extends SwrOperation
  ? ConnectedInput<Name>
  : Name extends ConsoleOperation
    ? ConsoleInput<Name>
    : never

/** What a read answers. */
export type ApiOutput<Name extends ApiOperation> = Name extends SwrOperation
  ? SwrOutput<Name>
  : Name extends ConsoleOperation
    ? ConsoleOutput<Name>
    : never

/** What a write answers. */
export type ApiResult<Name extends ApiOperation> = Name extends SwrOperation
  ? SwrResult<Name>
  : Name extends ConsoleOperation
    ? ConsoleOutput<Name>
    : never

type RiskOf<Name extends ApiOperation> = Name extends SwrOperation
  ? (typeof swrRoutes)[Name]['risk']
  : Name extends ConsoleOperation
    ? (typeof consoleRoutes)[Name]['risk']
    : never

/** By what they cost: some reads of the console are asked with a body. */
export type ReadOperation = { [Name in ApiOperation]: RiskOf<Name> extends 'read' ? Name : never }[ApiOperation]
export type WriteOperation = Exclude<ApiOperation, ReadOperation>

export const isSwrOperation = (operation: ApiOperation): operation is SwrOperation =>
  Object.hasOwn(swrRoutes, operation)

/** Method and address of an operation on the console's own origin. */
export function endpointOf(
  operation: ApiOperation,
  params: Readonly<Record<string, string>>,
): { method: SwrRoute['method']; path: string } {
  if (!isSwrOperation(operation)) {
    const { method, path }: ConsoleRoute = consoleRoutes[operation]
    return { method, path: `/api/console${fill(path, params, projectPlaceholder)}` }
  }
  const { method, path }: SwrRoute = swrRoutes[operation]
  const { connection = '', ...rest } = params
  return { method, path: `/api/swr/${encodeURIComponent(connection)}${fill(path, rest, projectPlaceholder)}` }
}

/** The only place that writes a query key: server and browser meet by it. */
export const queryKey = <Name extends ApiOperation>(operation: Name, input: ApiInput<Name>) =>
  [operation, input] as const

/** Every cached answer of an operation, whatever it was asked with, on every connection: a tab seldom shows two. */
export const queryKeyOfAll = (operation: ApiOperation) => [operation] as const

/** The key under which an object is shown, by the parameters that its writes have as well. */
export const showKey = (operation: SwrOperation, params: Readonly<Record<string, string>>) =>
  [operation, { params }] as const
