import { readFileSync } from 'node:fs'
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { parse } from 'yaml'
import { type SwrOperation, swrRoutes } from '../contract/swr/operations'
import type { SwrRoute } from '../contract/swr/route'
import { field, isRaw, listField, rawField, textField } from './json-fields'
import { Query } from './query'

export type Checked<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: string }

export interface OperationChecks {
  path(params: Readonly<Record<string, string>>): Checked<null>
  query(search: string): Checked<Query>
  /** The operation takes a body at all. */
  readonly takesBody: boolean
  /** What `isTaken` says of a complaint decides whether it counts. */
  body(value: unknown, isTaken?: (complaint: ErrorObject) => boolean): Checked<null>
  /** Null when the answer is as documented, else what is wrong with it. `text` is the body as sent. */
  answer(status: number, text: string): string | null
}

export type OpenApi = Readonly<Record<SwrOperation, OperationChecks>>

const pointer = (...keys: string[]) =>
  keys.map((key) => `/${encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('')

interface Parameter {
  readonly name: string
  readonly place: string
  readonly required: boolean
  readonly type: string
  readonly validate: ValidateFunction
}

/** Text of an address as the documented type; what cannot be read stays text, so that the schema refuses it. */
function coerced(text: string, type: string): string | number | boolean {
  if (type === 'integer' && /^-?\d{1,15}$/.test(text)) return Number(text)
  if (type === 'boolean' && /^(true|false)$/.test(text)) return text === 'true'
  return text
}

const complaint = (validate: Pick<ValidateFunction, 'errors'>, name: string) => {
  const [error] = validate.errors ?? []
  return `${name}${error?.instancePath ?? ''} ${error?.message ?? 'is invalid'}`
}

const good = <Value>(value: Value): Checked<Value> => ({ ok: true, value })
const bad = (reason: string) => ({ ok: false, reason }) as const

/** Reads the API description and compiles what it says about every operation of the contract, found by method and path. */
export function loadOpenApi(): OpenApi {
  const document: unknown = parse(readFileSync(new URL('../contract/openapi.yaml', import.meta.url), 'utf8'))
  if (!isRaw(document)) throw new Error('openapi.yaml is not an object')
  const ajv = new Ajv2020({ strict: false, validateFormats: true, allErrors: true })
  addFormats(ajv)
  ajv.addSchema(document, 'swr.json')
  const known = new Map<string, ValidateFunction>()
  function compiled(at: string): ValidateFunction {
    const validate = known.get(at) ?? ajv.compile({ $ref: `swr.json#${at}` })
    known.set(at, validate)
    return validate
  }
  const components = rawField(document, 'components')

  /** Follows one `$ref` into components and says where the object stands. */
  function resolved(value: unknown, kind: 'parameters' | 'responses', at: string): { value: unknown; at: string } {
    const name = textField(value, '$ref').split('/').at(-1)
    return name ? { value: field(components[kind], name), at: pointer('components', kind, name) } : { value, at }
  }

  function checksOf({ method, path }: SwrRoute): OperationChecks {
    const verb = method.toLowerCase()
    const operation = field(rawField(document, 'paths')[path], verb)
    if (!isRaw(operation)) throw new Error(`openapi.yaml does not describe ${method} ${path}`)
    const base = pointer('paths', path, verb)

    const parameters = listField(operation, 'parameters').map((raw, index): Parameter => {
      const { value, at } = resolved(raw, 'parameters', `${base}${pointer('parameters', String(index))}`)
      return {
        name: textField(value, 'name'),
        place: textField(value, 'in'),
        required: field(value, 'required') === true,
        type: textField(field(value, 'schema'), 'type'),
        validate: compiled(`${at}/schema`),
      }
    })
    const of = (place: string) => parameters.filter((parameter) => parameter.place === place)
    const mediaType = pointer('content', 'application/json', 'schema')
    const takesBody = 'requestBody' in operation
    const validateBody = takesBody ? compiled(`${base}/requestBody${mediaType}`) : null

    const responses = rawField(operation, 'responses')
    /** Statuses that the description leaves out come in the shapes of a 400, which it gives for every operation. */
    const responseAt = (status: number) => {
      const key = [String(status), 'default', '400'].find((candidate) => candidate in responses) ?? '400'
      const { value, at } = resolved(responses[key], 'responses', `${base}${pointer('responses', key)}`)
      return isRaw(field(value, 'content')) ? compiled(`${at}${mediaType}`) : null
    }

    return {
      takesBody,
      path(params) {
        for (const { name, type, validate } of of('path')) {
          const text = params[name]
          // The project id is compared with the key's own, not with a schema.
          if (text !== undefined && !validate(coerced(text, type))) return bad(complaint(validate, name))
        }
        return good(null)
      },
      query(search) {
        const values = new Map<string, string | number | boolean>()
        const sent = new URLSearchParams(search)
        for (const { name, type, required, validate } of of('query')) {
          const [text, ...more] = sent.getAll(name)
          if (more.length > 0) return bad(`${name} is given more than once`)
          if (text === undefined) {
            if (required) return bad(`${name} is required`)
            continue
          }
          const value = coerced(text, type)
          if (!validate(value)) return bad(complaint(validate, name))
          values.set(name, value)
        }
        return good(new Query(values))
      },
      body(value, isTaken = () => false) {
        if (!validateBody || validateBody(value)) return good(null)
        const errors = (validateBody.errors ?? []).filter((error) => !isTaken(error))
        return errors.length > 0 ? bad(complaint({ errors }, 'body')) : good(null)
      },
      answer(status, text) {
        const validate = responseAt(status)
        if (!validate) return text === '' ? null : `a body with ${status}, where none is documented`
        if (text === '') return `no body with ${status}`
        try {
          return validate(JSON.parse(text)) ? null : complaint(validate, `answer ${status}`)
        } catch {
          return `a body with ${status} that is not JSON`
        }
      },
    }
  }

  return mapped(checksOf)
}

/** One value for every operation of the contract. */
function mapped<Value>(make: (row: SwrRoute) => Value): Record<SwrOperation, Value> {
  const names = Object.keys(swrRoutes).filter((name): name is SwrOperation => name in swrRoutes)
  const made = names.map((name) => [name, make(swrRoutes[name])] as const)
  const all: Partial<Record<SwrOperation, Value>> = Object.fromEntries(made)
  if (!isComplete(all)) throw new Error('an operation is missing')
  return all
}

const isComplete = <Value>(all: Partial<Record<SwrOperation, Value>>): all is Record<SwrOperation, Value> =>
  Object.keys(swrRoutes).every((name) => name in all)
