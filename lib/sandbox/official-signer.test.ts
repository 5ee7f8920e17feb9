import { AKSKSigner } from '@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner'
import { expect, test } from 'vitest'
import { sdkDate } from '../swr/sign'
import { bench } from '../testing/sandbox-client'
import { demo } from './demo'
import { prodId } from './seed/registries'

const at = bench()
const host = 'swr-api.cn-north-4.myhuaweicloud.com'

/** The signature of SWR's own SDK, in place of ours. */
function asSdk(method: string, path: string, given: { query?: Record<string, string>; body?: object }) {
  const headers = { 'content-type': 'application/json', host, 'X-Project-Id': demo.project }
  const request = {
    endpoint: `https://${host}${path}`,
    method,
    queryParams: given.query ?? {},
    headers: { ...headers, 'X-Sdk-Date': sdkDate(at.world.clock()) },
    ...(given.body ? { data: given.body } : {}),
  }
  const signer: { sign(request: object, key: object): unknown } = AKSKSigner
  const { Authorization: authorization } = Object(
    signer.sign(request, { getAk: () => demo.access, getSk: () => demo.secret }),
  )
  return at.send(method, path, {
    ...given,
    tamper: (sent) => ({
      ...sent,
      headers: { ...sent.headers, ...headers, 'x-project-id': demo.project, authorization: String(authorization) },
    }),
  })
}

test.each([
  ['GET', `/v2/${demo.project}/instances`, { query: { limit: '10', offset: '0' } }, 200],
  ['GET', `/v2/${demo.project}/instances/${prodId}/replication/policies`, { query: { name: 'a b/(c)*' } }, 200],
  ['POST', `/v2/${demo.project}/instances/${prodId}/replication/executions`, { body: { policy_id: 102 } }, 202],
  ['GET', '/v2/manage/namespaces/payments/repos/web$api/tags', {}, 200],
])("the SDK's signature is accepted: %s %s", (method, path, given, status) => {
  expect(asSdk(method, path, given).status).toBe(status)
})
