import 'server-only'
import { dirname, resolve } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import {
  endpointSchema,
  keySchema,
  listedSchema,
  projectSchema,
  publicEndpoint,
  regionSchema,
  type SecretReference,
} from './connection-schema'
import type { Credential } from './credential'
import type { EnvReader } from './parse'

/** An SWR account and project in a region, with the keys to it. Never leaves the server. */
export interface Connection {
  readonly id: string
  readonly name: string
  readonly region: string
  readonly project: string
  /** Scheme and authority only. */
  readonly endpoint: string
  readonly credential: Credential
  /** Paths of the parts of the credential that are kept in files. */
  readonly secretFiles?: { readonly [Part in keyof Credential]?: string }
}

const connectionSchema = z.object({
  SWR_REGION: regionSchema,
  SWR_PROJECT_ID: projectSchema,
  SWR_ENDPOINT: endpointSchema.optional(),
  CLOUD_SDK_AK: keySchema,
  CLOUD_SDK_SK: keySchema,
  CLOUD_SDK_SECURITY_TOKEN: keySchema.optional(),
})

/** The connection `default`. Keys alone do not ask for one: an entry of the file may refer to them. */
function ownConnection(reading: EnvReader): Connection[] {
  const asked = ['SWR_REGION', 'SWR_PROJECT_ID', 'SWR_ENDPOINT'].some((name) => name in reading.source)
  if (!asked && 'SWR_CONNECTIONS_FILE' in reading.source) return []
  if (!Object.keys(connectionSchema.shape).some((name) => name in reading.source)) return []
  const own = reading.take(connectionSchema, reading.source, '')
  if (!own) return []
  const credential = {
    access: own.CLOUD_SDK_AK,
    secret: own.CLOUD_SDK_SK,
    securityToken: own.CLOUD_SDK_SECURITY_TOKEN,
  }
  const region = own.SWR_REGION
  const endpoint = own.SWR_ENDPOINT ?? publicEndpoint(region)
  return [{ id: 'default', name: region, region, project: own.SWR_PROJECT_ID, endpoint, credential }]
}

function listedConnections(reading: EnvReader): Connection[] {
  const file = reading.source.SWR_CONNECTIONS_FILE
  if (!file) return []
  const entries = reading.attempt(`SWR_CONNECTIONS_FILE ${file}`, () =>
    parse(reading.readFile(file), { prettyErrors: false }),
  )
  if (entries === undefined) return []
  if (!Array.isArray(entries) || entries.length === 0) {
    reading.faults.push(`SWR_CONNECTIONS_FILE ${file} must be a list of connections`)
    return []
  }
  return entries.flatMap((entry: unknown, index) => {
    const place = `SWR_CONNECTIONS_FILE[${index}]`
    const listed = reading.take(listedSchema, entry, place)
    if (!listed) return []
    const secret = (name: string, reference: SecretReference) =>
      secretOf(reading, `${place}.${name}`, reference, dirname(file))
    const access = secret('access', listed.access)
    const key = secret('secret', listed.secret)
    const token = listed.securityToken && secret('securityToken', listed.securityToken)
    if (!access || !key) return []
    const { id, name, region, project } = listed
    const endpoint = listed.endpoint ?? publicEndpoint(region)
    const credential = { access, secret: key, securityToken: token }
    return [{ id, name, region, project, endpoint, credential, secretFiles: secretFilesOf(listed, dirname(file)) }]
  })
}

/** Where the parts of a credential that are in files are: read again when they change. */
function secretFilesOf(
  { access, secret, securityToken }: z.output<typeof listedSchema>,
  folder: string,
): Connection['secretFiles'] {
  const named = Object.entries({ access, secret, securityToken })
  return Object.fromEntries(
    named.flatMap(([part, reference]) =>
      reference && 'file' in reference ? [[part, resolve(folder, reference.file)]] : [],
    ),
  )
}

function secretOf(reading: EnvReader, place: string, reference: SecretReference, folder: string): string | undefined {
  if ('env' in reference)
    return reading.take(keySchema, reading.source[reference.env], `${place} (variable ${reference.env})`)
  const path = resolve(folder, reference.file)
  const written = reading.attempt(`${place} (file ${reference.file})`, () => reading.readFile(path))
  return written === undefined
    ? undefined
    : reading.take(keySchema, written.trim(), `${place} (file ${reference.file})`)
}

/** The one by environment and those of the file. */
export function connectionsFrom(reading: EnvReader): Connection[] {
  const connections = [...ownConnection(reading), ...listedConnections(reading)]
  const ids = connections.map(({ id }) => id)
  for (const id of new Set(ids.filter((id, index) => ids.indexOf(id) !== index)))
    reading.faults.push(`connection id ${id} is used more than once`)
  return connections
}
