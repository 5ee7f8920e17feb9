import * as z from 'zod/mini'
import { addressFlaw } from '../../contract/address'
import type { Registry, RegistryBody } from '../../contract/swr/registry'
import { longestRegistryName, masked, type RegistryType, registryTypes } from '../../contract/vocabulary'
import { merge3, type Question } from '../diff/merge3'
import { parseEnum } from '../enum'
import { nameFlaw } from '../fields'
import type { FieldCode } from '../validation-codes'
import { formatHosts, parseHosts } from './hosts-file'

const fields = z.object({
  name: z.string(),
  description: z.string(),
  type: z.string(),
  url: z.string(),
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
  asRead: z.object({
    name: z.string(),
    type: z.string(),
    url: z.string(),
    login: z.string(),
    region: z.string(),
    project: z.string(),
    instance: z.string(),
    hosts: z.string(),
  }),
})

export type RegistryDraft = z.input<typeof fields>
export type RegistryValues = z.output<typeof fields>

/** Fields that are kept nowhere: a login may hold an access key. */
export const unsavedFields = ['login', 'secret'] as const satisfies readonly (keyof RegistryDraft)[]

/** Fields that only an Enterprise Edition target has all of. */
const placeFields = ['region', 'project', 'instance'] as const

const maxAddressLength = 2048

function addressCode(url: string): FieldCode | null {
  const text = url.trim()
  if (text === '') return 'required'
  return text.length > maxAddressLength ? 'too_long' : addressFlaw(text)
}

function* flaws(values: RegistryValues): Generator<[keyof RegistryValues, FieldCode | null]> {
  const { asRead } = values
  if (values.name !== asRead.name) yield ['name', nameFlaw(values.name, longestRegistryName)]
  if (values.type !== asRead.type) yield ['type', parseEnum(registryTypes, values.type) ? null : 'choice_unknown']
  if (values.url !== asRead.url) yield ['url', addressCode(values.url)]
  if (values.type === 'swr-pro-internal')
    for (const field of placeFields)
      if (values[field] !== asRead[field]) yield [field, values[field].trim() === '' ? 'required' : null]
  if (values.login.includes(masked)) yield ['login', 'login_masked']
  if (values.type === 'swr-pro' && values.hosts !== asRead.hosts)
    yield ['hosts', parseHosts(values.hosts) === null ? 'hosts_lines' : null]
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
  // No draft equals it: all that a new registry says is looked at.
  asRead: { ...nothingRead },
})

const nothingRead = Object.fromEntries(
  (['name', 'type', 'url', 'login', ...placeFields, 'hosts'] as const).map((field) => [field, '\0']),
) as RegistryDraft['asRead']

/** One of SWR's documents demands it for this type, another shows it without (docs/swr-api.md section 8). */
const skipsVerification = (type: string) => type === 'swr-pro-internal'

/** The draft of a new registry after its type was chosen. */
export const withType = (draft: RegistryDraft, type: string): RegistryDraft => ({
  ...draft,
  type,
  insecure: draft.insecure === skipsVerification(draft.type) ? skipsVerification(type) : draft.insecure,
})

/** A login that was masked on its way here is asked for again: the form starts without it. */
export function toForm(registry: Registry): RegistryDraft {
  const login = registry.credential?.access_key ?? ''
  const text = {
    name: registry.name ?? '',
    type: registry.type ?? '',
    url: registry.url ?? '',
    region: registry.region_id ?? '',
    project: registry.project_id ?? '',
    instance: registry.instance_id ?? '',
    hosts: formatHosts(registry.dns_conf?.hosts ?? {}),
  }
  return {
    ...text,
    description: registry.description ?? '',
    login: login.includes(masked) ? '' : login,
    secret: '',
    insecure: registry.insecure ?? false,
    asRead: { ...text, login },
  }
}

/** What the form asks for with a type; the rest goes back as it was read. */
const asks: Readonly<Record<RegistryType, readonly (typeof placeFields)[number][]>> = {
  'swr-pro': [],
  'swr-pro-internal': placeFields,
  'huawei-SWR': ['region'],
}
export const requiredFields = (type: string, field: (typeof placeFields)[number]) =>
  asks[parseEnum(registryTypes, type) ?? 'swr-pro'].includes(field)

export function toBody(values: RegistryValues, was?: Registry): RegistryBody {
  const { type, description } = values
  const place = placeFields.flatMap((field) => {
    const key = `${field}_id` as const
    const typed = requiredFields(type, field) ? values[field].trim() : (was?.[key] ?? '')
    // Left out when empty, unless it was read: then empty is what is there or what the person wants.
    return typed !== '' || was?.[key] !== undefined ? [[key, typed]] : []
  })
  const { asRead } = values
  const typed = values.hosts === asRead.hosts ? was?.dns_conf?.hosts : parseHosts(values.hosts)
  return {
    ...((values.name !== '' || was?.name !== undefined) && { name: values.name }),
    ...((description !== '' || was?.description !== undefined) && { description }),
    ...((type !== '' || was?.type !== undefined) && { type }),
    ...((values.url !== '' || was?.url !== undefined) && {
      url: values.url === asRead.url ? values.url : values.url.trim(),
    }),
    ...Object.fromEntries(place),
    credential: { type: 'basic', access_key: values.login, access_secret: values.secret },
    // One of SWR's documents demands it for this type, empty if need be; the other types do not know it (docs/swr-api.md section 8).
    ...(type === 'swr-pro' && { dns_conf: { hosts: typed ?? {} } }),
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
export function mergeRegistry(
  sides: { now: RegistryDraft; mine: RegistryDraft },
  taken: readonly Question<RegistryDraft>[],
): RegistryDraft {
  const draft = merge3(sides, taken)
  return { ...draft, secret: draft.login === sides.mine.login ? sides.mine.secret : '' }
}
