import 'server-only'
import { z } from 'zod'
import { isLoopback } from '../net/loopback'
import { reservedConnections } from '../routes'

/*
 * What may be written in the configuration. Messages continue the name of the setting ("SWR_REGION must be …") and never
 * repeat a value: it may be a secret in the wrong place.
 */

const text = z.string('must be text')

/** Goes into headers as it is; and answers are searched for it, so that a very short one would be found by chance. */
export const keySchema = text.regex(
  /^[\x21-\x7e]{8,8192}$/,
  'must be at least 8 visible ASCII characters without blanks',
)

const idSchema = text
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be 1 to 40 lower-case letters, digits or "-", not starting with "-"')
  .refine((id) => !reservedConnections.some((reserved) => reserved === id), {
    error: `must not be one of the console's own words: ${reservedConnections.join(', ')}`,
  })

export const regionSchema = text.regex(/^[a-z0-9-]{1,64}$/, 'must be a region id such as cn-north-4')
export const projectSchema = text.regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be the id of the project in that region')

export const endpointSchema = text.transform((written, context) => {
  const refuse = (message: string) => {
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  }
  if (!URL.canParse(written)) return refuse('must be an address such as https://swr-api.cn-north-4.myhuaweicloud.com')
  const url = new URL(written)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return refuse('must start with https://')
  if (url.username || url.password || url.pathname !== '/' || /[?#]/.test(written))
    return refuse('must be scheme and host only, without user, path or query')
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    return refuse('must start with https:// (http is for this machine only)')
  return url.origin
})

/** The public endpoint of a region; one region lives under another domain. */
export const publicEndpoint = (region: string) =>
  `https://swr-api.${region}.myhuaweicloud.${region === 'eu-west-101' ? 'eu' : 'com'}`

const referenceSchema = z.union([z.strictObject({ env: text.min(1) }), z.strictObject({ file: text.min(1) })], {
  error: 'must be {env: NAME} or {file: PATH}: secrets are not written into this file',
})

export type SecretReference = z.output<typeof referenceSchema>

/** One entry of the file that `SWR_CONNECTIONS_FILE` names. */
export const listedSchema = z.strictObject({
  id: idSchema,
  name: text.trim().min(1, 'must not be empty').max(80, 'must not be longer than 80 characters'),
  region: regionSchema,
  project: projectSchema,
  endpoint: endpointSchema.optional(),
  access: referenceSchema,
  secret: referenceSchema,
  securityToken: referenceSchema.optional(),
})
