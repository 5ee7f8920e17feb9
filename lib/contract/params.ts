import { z } from 'zod'
import type { ParamName } from './path'
import { policyKinds } from './vocabulary'

// Dot segments and separators survive encodeURIComponent and are folded by URL parsers: they must not get that far.
const unsafe = /[/\\%?#\p{Cc}]/u
const safeParts = (text: string) => text.split('/').every((part) => part !== '' && part !== '.' && part !== '..')

/** One path segment that cannot change the path around it. */
export const segment = z
  .string()
  .min(1)
  .max(255)
  .refine((text) => !unsafe.test(text) && safeParts(text), { error: 'unsafe_segment' })

/** A repository name; its slashes are encoded by `path.ts`. Names are read loosely: SWR's own rules differ by edition. */
const repositoryName = z
  .string()
  .min(1)
  .max(255)
  .refine((text) => !unsafe.test(text.replaceAll('/', '')) && safeParts(text), { error: 'unsafe_segment' })

/** Two larger ones could read as the same number, and the database has none above 64 bits. */
const largestId = Number.MAX_SAFE_INTEGER
const id = z
  .string()
  .regex(/^\d{1,19}$/, { error: 'not_an_id' })
  .refine((text) => Number(text) <= largestId, { error: 'not_an_id' })

/** One schema for each name that occurs in a path template. */
export const paramSchemas = {
  instance_id: segment,
  namespace_name: segment,
  repository_name: repositoryName,
  registry_id: id,
  policy_id: id,
  execution_id: id,
  task_id: id,
  namespace: segment,
  repository: repositoryName,
  partial_run_id: id,
  sync_job_id: id,
  dry_run_id: id,
  retention_run_id: id,
  immutable_rule_id: id,
  retention_id: id,
  /** A digest or a tag. */
  reference: segment,
  /** As an operator names it. */
  cluster: segment,
  run_id: z.string().regex(/^(\d{1,15}-\d{1,15}|partial-\d{1,15})$/, { error: 'not_an_id' }),
  user_id: segment,
  token_id: segment,
  connection: segment,
  kind: z.enum(policyKinds),
  object_id: id,
} satisfies Record<ParamName, z.ZodType<string>>
