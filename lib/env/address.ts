import 'server-only'
import { z } from 'zod'
import { isLoopback } from '../net/loopback'

/** An http(s) address without user, query or fragment; plain http is for this machine only. */
export const addressSchema = (example: string) =>
  z.string().transform((written, context) => {
    const refuse = (message: string) => {
      context.addIssue({ code: 'custom', message })
      return z.NEVER
    }
    if (!URL.canParse(written)) return refuse(`must be an address such as ${example}`)
    const url = new URL(written)
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return refuse('must start with https://')
    if (url.username || url.password || /[?#]/.test(written)) return refuse('must not have a user, query or fragment')
    if (url.protocol === 'http:' && !isLoopback(url.hostname))
      return refuse('must start with https:// (http is for this machine only): passwords and cookies travel to it')
    return url
  })

/** Scheme and host only. */
export const originSchema = (example: string) =>
  addressSchema(example)
    .refine((url) => url.pathname === '/', { error: 'must be scheme and host only, without a path' })
    .transform((url) => url.origin)
