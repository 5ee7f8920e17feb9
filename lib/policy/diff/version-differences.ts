import type { Difference } from '../../contract/difference'
import { differences } from './differences'

const own = ['id', 'created_at', 'updated_at', 'namespace_id', 'namespace_name', 'content_hash']

/** A policy without what the service (or the console) writes about it. */
const said = (content: unknown): unknown =>
  typeof content === 'object' && content !== null
    ? Object.fromEntries(Object.entries(content).filter(([name]) => !own.includes(name)))
    : content

/** What one stored version of a policy changed of another. */
export const contentDifferences = (before: unknown, after: unknown): Difference[] =>
  differences(said(before), said(after)).filter(({ path }) => !/^rules\[\d+\]\.id$/.test(path))
