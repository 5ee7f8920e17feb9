import type { Raw } from './json-fields'

type Body = (requestId: string) => unknown

/** What a request gets instead of an answer; thrown from anywhere and written by `server.ts`. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly body: Body,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(`refused with ${status}`)
    this.name = 'Refusal'
  }
}

/** The API gateway in front of both editions: its errors carry the request id in the body, too. */
export const gatewayRefusal = (status: number, code: string, message: string, headers?: Record<string, string>) =>
  new Refusal(status, (requestId) => ({ error_code: code, error_msg: message, request_id: requestId }), headers)

/** 401 of the gateway; `reason` is the documented ending of the message. */
export const signatureRefusal = (reason: string) =>
  gatewayRefusal(401, 'APIGW.0301', `Incorrect IAM authentication information: ${reason}`)

/**
 * Enterprise Edition. SWR documents no catalogue of codes: only SWR.400003 was ever seen (a retention policy that does
 * not exist, answered with 400). The others are invented in its style; nothing may depend on them.
 */
const enterpriseCodes = {
  invalid: [400, 'SWR.400001'],
  retentionMissing: [400, 'SWR.400003'],
  quota: [400, 'SWR.400010'],
  unauthorized: [401, 'SWR.401001'],
  forbidden: [403, 'SWR.403001'],
  missing: [404, 'SWR.404001'],
  conflict: [409, 'SWR.409001'],
  immutable: [412, 'SWR.412001'],
  broken: [500, 'SWR.500001'],
} as const

export function enterpriseRefusal(kind: keyof typeof enterpriseCodes, message: string, more: Raw = {}): Refusal {
  const [status, code] = enterpriseCodes[kind]
  return new Refusal(status, () => ({ error_code: code, error_msg: message, ...more }))
}

/** Basic Edition. 403, a second automatic sync and a second retention rule have no documented code: theirs are invented. */
const basicCodes = {
  invalid: [400, '4000014', 'Invalid parameter'],
  pageSize: [400, '4000056', 'Invalid page size'],
  organizationName: [400, '4001028', 'Invalid namespace name'],
  tooManyOrganizations: [400, '4000097', 'The number of namespaces exceeds the limit'],
  duplicateAutoSync: [400, '4000000', 'duplicate sync repo'],
  autoSyncMissing: [400, '4001158', 'Sync setting does not exist'],
  retentionMissing: [400, '4000306', 'Retention rule does not exist'],
  retentionExists: [400, '4000305', 'The number of retention rules exceeds the limit'],
  unauthorized: [401, '4010000', 'Authentication failed'],
  forbidden: [403, '4030000', 'Permission denied'],
  organizationMissing: [404, '4040058', 'Namespace does not exist'],
  imageMissing: [404, '4040010', 'Image does not exist'],
  tagMissing: [404, '4040048', 'Image tag does not exist'],
  busy: [409, '4090023', 'Operation is being performed, please try again later'],
  unknownRegion: [500, '5001101', 'Internal error'],
  broken: [500, '5000000', 'Internal error'],
} as const

export type BasicCode = keyof typeof basicCodes

/** Most Basic calls answer a bare array; sync calls wrap it in `errors`, as the Terraform provider reads them. */
export type BasicShape = 'array' | 'wrapped'

export function basicRefusal(kind: BasicCode, detail: string, shape: BasicShape = 'array'): Refusal {
  const [status, code, message] = basicCodes[kind]
  const items = [{ errorCode: `SVCSTG.SWR.${code}`, errorMessage: message, detail }]
  return new Refusal(status, () => (shape === 'array' ? items : { errors: items }))
}
