import 'server-only'
import { createHash } from 'node:crypto'
import { contentOf, type RetentionContent } from '../../policy/retention/content'
import { type ImmutableContent, immutableContentOf } from '../../policy/retention/immutable-content'

/** As long as the hash that each row of a list carries. */
const hashLength = 24

const hash = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, hashLength)

/** Says which rules, selectors and trigger a verdict, a dry run or an open lock is of. */
export const retentionContentHash = (policy: RetentionContent): string => hash(contentOf(policy))

/** Says which immutable tag rules a dry run or an open lock is of. */
export const immutableContentHash = (rules: readonly ImmutableContent[]): string => hash(immutableContentOf(rules))
