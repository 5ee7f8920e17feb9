import { basicRefusal, enterpriseRefusal, gatewayRefusal, Refusal } from './errors'
import type { Answer } from './exchange'
import { listField, type Raw, textField } from './json-fields'
import type { Query } from './query'

/*
 * Sentinels: names that anyone can type to meet each kind of failure by hand. They work as the name of a policy that is
 * created or updated, as the search text `name` of a list, as the target organization of a sync and as the name of an
 * organization that is created; and a repository of an instance that is called so makes every page of artifacts and tags fail
 * that it stands on, so that a long listing breaks off half-way; in the Basic Edition the tags of a repository that is called
 * so, or whose organization is, cannot be listed; and of a retention policy that is called so a run begins, and its answer is
 * what the name says. The request must be valid otherwise, or its own refusal comes first. `says` documents each.
 */

export interface Asked {
  readonly edition: 'enterprise' | 'basic'
  readonly method: string
  readonly body: Raw
  /** The same request again has the same key. */
  readonly key: string
  readonly now: number
  readonly throttled: Map<string, number>
}

interface Fault {
  readonly says: string
  /** Instead of the operation: throws a refusal, or gives a finished answer; undefined lets it pass. */
  readonly instead?: (request: Asked) => Answer | undefined
  /** The operation takes place, then its answer is changed. */
  readonly change?: (answer: Answer, request: Asked) => Answer
}

/** Refuses in the shape of the edition; sync, the only Basic write, wraps its errors. */
const refusing =
  (enterprise: () => Refusal, basic: (shape: 'array' | 'wrapped') => Refusal) =>
  ({ edition, method }: Asked): never => {
    throw edition === 'enterprise' ? enterprise() : basic(method === 'GET' ? 'array' : 'wrapped')
  }

const raw = (status: number, type: string, body: string) => (): Answer => ({
  status,
  headers: { 'Content-Type': type },
  body,
})

const badGateway =
  '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>'
const retryAfterSeconds = 3
const encodedReason = Buffer.from('{"allowed":false,"action":"swr:instance:sandbox"}').toString('base64')

/** Reads recover: the same request passes once Retry-After is over, and only then starts anew. Writes never pass. */
function throttle({ method, key, now, throttled }: Asked): undefined {
  const passesAt = throttled.get(key)
  if (method === 'GET' && passesAt !== undefined && now >= passesAt) {
    throttled.delete(key)
    return
  }
  if (passesAt === undefined) throttled.set(key, now + retryAfterSeconds * 1000)
  throw gatewayRefusal(429, 'APIGW.0308', 'The throttling threshold has been reached', {
    'Retry-After': String(retryAfterSeconds),
  })
}

const tagsOf = ({ body }: Asked) => JSON.stringify(listField(body, 'imageTag'))
const json = 'application/json'

export const faults: Readonly<Record<string, Fault>> = {
  'fault-400': {
    says: '400, parameter refused by the service',
    instead: refusing(
      () => enterpriseRefusal('invalid', 'the request is invalid: value not accepted'),
      (shape) => basicRefusal('invalid', 'value not accepted', shape),
    ),
  },
  'fault-401': {
    says: '401 of the service itself: the credential is not accepted',
    instead: refusing(
      () => enterpriseRefusal('unauthorized', 'authentication failed'),
      (shape) => basicRefusal('unauthorized', '', shape),
    ),
  },
  'fault-403': {
    says: '403; Enterprise Edition with encoded_authorization_message',
    instead: refusing(
      () =>
        enterpriseRefusal('forbidden', 'you are not authorized to perform this action', {
          encoded_authorization_message: encodedReason,
        }),
      (shape) => basicRefusal('forbidden', '', shape),
    ),
  },
  'fault-403-both': {
    says: '403 in two formats at once: `errors` beside error_code, error_msg and encoded_authorization_message',
    instead: () => {
      throw new Refusal(403, () => ({
        errors: [{ errorCode: 'SVCSTG.SWR.4030000', errorMessage: 'Permission denied', detail: '' }],
        error_code: 'SWR.403001',
        error_msg: 'you are not authorized to perform this action',
        encoded_authorization_message: encodedReason,
      }))
    },
  },
  'fault-404': {
    says: '404, the object is gone; as a target organization: 404 organization missing',
    instead: refusing(
      () => enterpriseRefusal('missing', 'the requested resource does not exist'),
      (shape) => basicRefusal('organizationMissing', '', shape),
    ),
  },
  'fault-409': {
    says: '409, name taken; Basic Edition: 409 busy, try again',
    instead: refusing(
      () => enterpriseRefusal('conflict', 'the resource already exists'),
      (shape) => basicRefusal('busy', '', shape),
    ),
  },
  'fault-429': { says: '429 of the gateway with Retry-After: 3; a read passes after that time', instead: throttle },
  'fault-500': {
    says: '500, internal error of the service',
    instead: refusing(
      () => enterpriseRefusal('broken', 'internal server error'),
      (shape) => basicRefusal('broken', '', shape),
    ),
  },
  'fault-502-html': { says: '502 with an HTML page', instead: raw(502, 'text/html', badGateway) },
  'fault-503-empty': { says: '503 without a body', instead: raw(503, 'text/plain', '') },
  'fault-504': {
    says: '504 of the gateway: the service behind it did not answer',
    instead: () => {
      throw gatewayRefusal(504, 'APIGW.0201', 'Backend timeout')
    },
  },
  'fault-timeout': {
    says: 'takes place, but answers only after 55 s',
    change: (answer) => ({ ...answer, delayMs: 55_000 }),
  },
  'fault-slow': { says: 'takes place and answers after 4 s', change: (answer) => ({ ...answer, delayMs: 4000 }) },
  'fault-hangup': {
    says: 'the connection is closed without an answer',
    instead: () => ({ status: 502, headers: {}, body: '', hangUp: true }),
  },
  'fault-not-json': { says: '200 with plain text', instead: raw(200, 'text/plain', 'OK') },
  'fault-set-cookie': {
    says: 'takes place; the answer carries Set-Cookie',
    change: (answer) => ({ ...answer, headers: { ...answer.headers, 'Set-Cookie': 'upstream=1; Path=/' } }),
  },
  // Documented for any status that is not listed on its own.
  'fault-tags-failed': {
    says: 'manual sync only: 409 with the bare array of the tags, which failed',
    instead: (request) => (request.edition === 'basic' ? raw(409, json, tagsOf(request))() : undefined),
  },
  'fault-tags-named': {
    says: 'manual sync only: takes place; 200 names the tags, for better or worse',
    change: (answer, request) => (request.edition === 'basic' ? { ...answer, body: tagsOf(request) } : answer),
  },
}

/** The sentinel in a request, if one was typed. */
export function faultIn(body: Raw, query: Query): Fault | undefined {
  const [target, organization, policy] = ['remoteNamespace', 'namespace', 'name'].map((name) => textField(body, name))
  const typed = target || organization || policy || query.text('name')
  return typed !== undefined && Object.hasOwn(faults, typed) ? faults[typed] : undefined
}

/** The sentinel among the names of repositories that an answer holds, if there is one. */
export function faultAmong(names: readonly string[]): Fault | undefined {
  const name = names.find((each) => Object.hasOwn(faults, each))
  return name === undefined ? undefined : faults[name]
}
