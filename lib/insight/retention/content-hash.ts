import 'server-only'
import { createHash } from 'node:crypto'
import { contentOf, type RetentionContent } from '../../policy/retention/content'

/** As long as the hash that each row of a list carries. */
const hashLength = 24

/** Says which rules, selectors and trigger a verdict, a dry run or an open lock is of. */
export const retentionContentHash = (policy: RetentionContent): string =>
  createHash('sha256').update(contentOf(policy)).digest('base64url').slice(0, hashLength)
