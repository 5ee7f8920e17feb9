import 'server-only'
import { contentOf, type RetentionContent } from '../../policy/retention/content'
import { type ImmutableContent, immutableContentOf } from '../../policy/retention/immutable-content'
import { shortHash } from '../../short-hash'

/** Says which rules, selectors and trigger a verdict, a dry run or an open lock is of. */
export const retentionContentHash = (policy: RetentionContent): string => shortHash(contentOf(policy))

/** Says which immutable tag rules a dry run or an open lock is of. */
export const immutableContentHash = (rules: readonly ImmutableContent[]): string => shortHash(immutableContentOf(rules))
