import * as z from 'zod/mini'
import type { Registry, RegistryBody } from '../../contract/swr/registry'
import { masked, type RegistryType, registryTypes } from '../../contract/vocabulary'
import { merged, type Question } from '../diff/merge3'
import { oneOf } from '../enum'
import type { FieldCode } from '../validation-codes'
import { hostsText, readHosts } from './hosts-file'

const fields = z.object({
  name: z
    .string()
    .check(z.minLength(1, 'required'), z.maxLength(64, 'too_long'), z.regex(/^[A-Za-z0-9_-]*$/, 'name_characters')),
  description: z.string(),
  type: z.pipe(z.string(), z.enum(registryTypes, 'choice_unknown')),
  url: z.string().check(z.maxLength(2048, 'too_long')),
  region: z.string(),
  project: z.string(),
  instance: z.string(),
  login: z.string().check(z.minLength(1, 'required')),
  /** Never read, never kept: it is typed for each save. */
  secret: z.string().check(z.minLength(1, 'required')),
  insecure: z.boolean(),
  /** One host and its address a line; for a Harbor only. */
  hosts: z.string(),
  /** What was read: values that break our rules but were not touched are none of the person's business. */
  asRead: z.object({ url: z.string(), login: z.string() }),
})

export type RegistryDraft = z.input<typeof fields>
export type RegistryValues = z.output<typeof fields>

/** Fields that are kept nowhere: a login may hold an access key. */
export const unkeptFields = ['login', 'secret'] as const satisfies readonly (keyof RegistryDraft)[]

/** Fields that only an Enterprise Edition target has all of. */
const placeFields = ['region', 'project', 'instance'] as const

function addressCode(url: string): FieldCode | null {
  const text = url.trim()
  if (text === '') return 'required'
  return /^https?:\/\/[^\s/?#]+/i.test(text) && URL.canParse(text) ? null : 'address_http'
}

function* flaws(values: RegistryValues): Generator<[keyof RegistryValues, FieldCode | null]> {
  const { asRead } = values
  yield ['url', values.url === asRead.url && values.url !== '' ? null : addressCode(values.url)]
  if (values.type === 'swr-pro-internal')
    for (const field of placeFields) yield [field, values[field].trim() === '' ? 'required' : null]
  if (values.login.includes(masked)) yield ['login', 'login_masked']
  if (values.type === 'swr-pro' && readHosts(values.hosts) === null) yield ['hosts', 'hosts_lines']
}

export const registryForm = fields.check(({ value, issues }) => {
  for (const [field, code] of flaws(value)) {
    if (code) issues.push({ code: 'custom', path: [field], message: code, input: value[field] })
  }
})

export const blankRegistry = (): RegistryDraft => ({
  name: '',
  description: '',
  type: 'swr-pro',
  url: '',
  region: '',
  project: '',
  instance: '',
  login: '',
  secret: '',
  insecure: false,
  hosts: '',
  asRead: { url: '', login: '' },
})

/** A login that was masked on its way here is asked for again: the form starts without it. */
export function toForm(registry: Registry): RegistryDraft {
  const login = registry.credential?.access_key ?? ''
  return {
    name: registry.name ?? '',
    description: registry.description ?? '',
    type: registry.type ?? '',
    url: registry.url ?? '',
    region: registry.region_id ?? '',
    project: registry.project_id ?? '',
    instance: registry.instance_id ?? '',
    login: login.includes(masked) ? '' : login,
    secret: '',
    insecure: registry.insecure ?? false,
    hosts: hostsText(registry.dns_conf?.hosts ?? {}),
    asRead: { url: registry.url ?? '', login },
  }
}

/** What the form asks for with a type; the rest goes back as it was read. */
const asks: Readonly<Record<RegistryType, readonly (typeof placeFields)[number][]>> = {
  'swr-pro': [],
  'swr-pro-internal': placeFields,
  'huawei-SWR': ['region'],
}
export const asksFor = (type: string, field: (typeof placeFields)[number]) =>
  asks[oneOf(registryTypes, type) ?? 'swr-pro'].includes(field)

export function toWire(values: RegistryValues, was?: Registry): RegistryBody {
  const { type, description } = values
  const place = placeFields.flatMap((field) => {
    const key = `${field}_id` as const
    const typed = asksFor(type, field) ? values[field].trim() : (was?.[key] ?? '')
    // Left out when empty, unless it was read: then empty is what is there or what the person wants.
    return typed !== '' || was?.[key] !== undefined ? [[key, typed]] : []
  })
  const hosts = readHosts(values.hosts) ?? {}
  const isHarbor = type === 'swr-pro'
  return {
    name: values.name,
    ...((description !== '' || was?.description !== undefined) && { description }),
    type,
    url: values.url === values.asRead.url ? values.url : values.url.trim(),
    ...Object.fromEntries(place),
    credential: { type: 'basic', access_key: values.login, access_secret: values.secret },
    ...(isHarbor && (Object.keys(hosts).length > 0 || was?.dns_conf) && { dns_conf: { hosts } }),
    insecure: values.insecure,
  }
}

/** The request as it can be looked at. */
export const withoutSecret = (body: RegistryBody) => ({
  ...body,
  credential: { ...body.credential, access_secret: masked },
})

/** What a registry is asked, question by question. Its type cannot change. */
export const registryQuestions = [
  { name: 'name', fields: ['name'] },
  { name: 'description', fields: ['description'] },
  { name: 'address', fields: ['url'] },
  { name: 'place', fields: ['region', 'project', 'instance'] },
  { name: 'login', fields: ['login'] },
  { name: 'hosts', fields: ['hosts'] },
  { name: 'insecure', fields: ['insecure'] },
] as const satisfies readonly Question<RegistryDraft>[]

export type RegistryQuestion = (typeof registryQuestions)[number]['name']

/** What is there now with the answers that are mine. The secret belongs to the login that it was typed for. */
export function mergedRegistry(
  sides: { now: RegistryDraft; mine: RegistryDraft },
  taken: readonly Question<RegistryDraft>[],
): RegistryDraft {
  const draft = merged(sides, taken)
  return { ...draft, secret: draft.login === sides.mine.login ? sides.mine.secret : '' }
}
