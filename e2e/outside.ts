import { fill } from '@/lib/contract/path'
import { type SwrOperation, swrRoutes } from '@/lib/contract/swr/operations'
import type { SwrRoute } from '@/lib/contract/swr/route'
import { demo } from '@/lib/sandbox/demo'
import { authorization, sdkDate } from '@/lib/swr/sign'
import { address } from './accounts'

/** Somebody else with the same credential: writes to SWR itself, past the console. Answers the status. */
export async function outside(name: SwrOperation, params: Readonly<Record<string, string>>, body?: object) {
  const { method, path }: SwrRoute = swrRoutes[name]
  const url = new URL(fill(path, params, demo.project), address.sandbox)
  const headers = {
    'content-type': 'application/json',
    'x-project-id': demo.project,
    'x-sdk-date': sdkDate(new Date()),
  }
  const bytes = body && JSON.stringify(body)
  const request = { method, url: { host: url.host, pathname: url.pathname, search: '' }, headers, body: bytes }
  const signed = { ...headers, authorization: authorization(request, demo) }
  const answer = await fetch(url, { method, headers: signed, ...(bytes === undefined ? {} : { body: bytes }) })
  return answer.status
}
