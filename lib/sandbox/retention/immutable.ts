import { field, listField, rawField, textField } from '../json-fields'
import type { Instance, Namespace } from '../world'
import type { RetentionMood } from './run'
import { EngineError, patternTakes } from './selectors'

/* Of an immutable tag rule the first selector of each kind counts. One that is wrong ends the look: no rule after it spares anything. */

function ruleHolds(rule: unknown, repository: string, tags: readonly string[]): boolean {
  const [ofRepository] = listField(rawField(rule, 'scope_selectors'), 'repository')
  const [ofTags] = listField(rule, 'tag_selectors')
  if (ofRepository === undefined || ofTags === undefined) return false
  const leavesRepository = textField(ofRepository, 'decoration') === 'repoExcludes'
  if (patternTakes(ofRepository, repository) === leavesRepository) return false
  // `repoMatches` is what SWR's page says of tags, too (docs/swr-api.md section 12).
  if (textField(ofTags, 'decoration') !== 'excludes') return tags.some((tag) => patternTakes(ofTags, tag))
  return tags.length === 0 || tags.some((tag) => !patternTakes(ofTags, tag))
}

/** Whether one of the rules of a namespace holds an image: `repository` is its name inside the namespace. */
export function isImmutable(rules: readonly unknown[], repository: string, tags: readonly string[]): boolean {
  const enabled = rules.filter((rule) => field(rule, 'disabled') !== true)
  try {
    return enabled.some((rule) => ruleHolds(rule, repository, tags))
  } catch (error) {
    if (error instanceof EngineError) return false
    throw error
  }
}

/** The name by which a run asks for the rules of a repository: before Harbor 2.16 its first part was cut off once more. */
export const askedAs = (repository: string, matching: RetentionMood['immutableMatching']) =>
  matching === 'old' ? repository.slice(repository.indexOf('/') + 1) : repository

export const immutableRulesOf = ({ immutableRules }: Pick<Instance, 'immutableRules'>, namespace: string) =>
  immutableRules.filter((rule) => textField(rule, 'namespace_name') === namespace)

/** Whether a tag is there, with another image than this one, and a rule holds it: nobody pushes over it. */
export function isHeldTag(
  instance: Pick<Instance, 'immutableRules'>,
  { name, repositories }: Namespace,
  pushed: { readonly repository: string; readonly tag: string; readonly digest?: string | undefined },
): boolean {
  const there = repositories.find((each) => each.name === pushed.repository)?.artifacts ?? []
  const holder = there.find(({ tags }) => tags.some((tag) => tag.name === pushed.tag))
  if (!holder || holder.digest === pushed.digest) return false
  return isImmutable(immutableRulesOf(instance, name), pushed.repository, [pushed.tag])
}
