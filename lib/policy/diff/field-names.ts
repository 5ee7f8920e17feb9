/*
 * What the fields of policies, registries, accounts and syncs are called where a person reads what changes. The names are
 * keys of texts; a path that has none is shown as it is.
 */
import type { Difference } from '../../contract/difference'

const names = [
  [/^name$/, 'name'],
  [/^email$/, 'email'],
  [/^role$/, 'role'],
  [/^disabled$/, 'disabled'],
  [/^description$/, 'description'],
  [/^type$/, 'registryType'],
  [/^url$/, 'address'],
  [/^region_id$/, 'region'],
  [/^project_id$/, 'project'],
  [/^instance_id$/, 'instance'],
  [/^credential\.type$/, 'loginKind'],
  [/^credential\.access_key$/, 'login'],
  [/^credential\.access_secret$/, 'secret'],
  [/^insecure$/, 'insecure'],
  [/^imageTag(\[.*\])?$/, 'syncTags'],
  [/^remoteNamespace$/, 'syncOrganization'],
  [/^remoteRegionId$/, 'syncRegion'],
  [/^src_registry(\.id)?$/, 'sourceRegistry'],
  [/^dest_registry(\.id)?$/, 'targetRegistry'],
  [/^algorithm$/, 'algorithm'],
  [/^rules\[\d+\]\.template$/, 'template'],
  [/^rules\[\d+\]\.params\.latestPushedK$/, 'latestPushedK'],
  [/^rules\[\d+\]\.params\.latestPulledN$/, 'latestPulledN'],
  [/^rules\[\d+\]\.params\.nDaysSinceLastPush$/, 'nDaysSinceLastPush'],
  [/^rules\[\d+\]\.params\.nDaysSinceLastPull$/, 'nDaysSinceLastPull'],
  [/^rules\[\d+\]\.action$/, 'ruleAction'],
  [/^rules\[\d+\]\.disabled$/, 'ruleDisabled'],
  [/^rules\[\d+\]\.priority$/, 'rulePriority'],
  [/^rules\[\d+\]\.tag_selectors\[\d+\]\.decoration$/, 'tagDecoration'],
  [/^rules\[\d+\]\.tag_selectors\[\d+\]\.pattern$/, 'tagPattern'],
  [/^(rules\[\d+\]\.)?repo_scope_mode$/, 'scope'],
  [/^filters\[name\]\.value$/, 'repositories'],
  [/^rules\[\d+\]\.scope_selectors\.repository\[\d+\]\.decoration$/, 'repositoryDecoration'],
  [/^rules\[\d+\]\.scope_selectors\.repository\[\d+\]\.pattern$/, 'repositoryPattern'],
  [/^filters\[tag\]\.value$/, 'tags'],
  [/^filters\[\d+\]\.type$/, 'filterType'],
  [/^filters\[\d+\]\.value$/, 'filterValue'],
  [/^filters\[\w+\]\.decoration$/, 'filterDecoration'],
  [/^rules\[\d+\]\..*_selectors.*\[\d+\]\.kind$/, 'patternKind'],
  [/^rules\[\d+\]\..*_selectors.*\[\d+\]\.extras$/, 'extras'],
  [/^dest_namespace$/, 'namespace'],
  [/^trigger(\.type)?$/, 'trigger'],
  [/^trigger\.trigger_settings(\.cron)?$/, 'cron'],
  [/^override$/, 'override'],
  [/^enabled$/, 'enabled'],
  [/^(id|policy_id)$/, 'number'],
  [/^created_at$/, 'created'],
  [/^updated_at$/, 'updated'],
] as const satisfies readonly (readonly [RegExp, string])[]

export type FieldName = (typeof names)[number][1]

/** What a path is called; undefined for what we have no word for. */
export const fieldNameOf = (path: string): FieldName | undefined => names.find(([pattern]) => pattern.test(path))?.[1]

/** Which of several, counted from 1, where a path goes through a list whose elements have no other name. */
export const fieldNumberOf = (path: string): number | undefined => {
  const [place] = [...path.matchAll(/\[(\d+)\]/g)].map(([, digits]) => Number(digits)).filter((each) => each > 0)
  return place === undefined ? undefined : place + 1
}

const isNothing = (value: unknown) => value === undefined || value === ''

/** An element that is known by its type says nothing with it. */
const isOwnType = ({ path, before, after }: Difference) => {
  const [, type] = /^filters\[(\D.*)\]\.type$/.exec(path) ?? []
  return type !== undefined && [before, after].every((value) => value === type || value === undefined)
}

/** As forms ask; what has no name comes last. */
const rankOf = ({ path }: Difference) => {
  const at = names.findIndex(([pattern]) => pattern.test(path))
  return at === -1 ? names.length : at
}

const ofTags = /^imageTag\[/

/** The tags of a copy are one answer of its form, however many they are. */
function withTagsOnce(changes: readonly Difference[]): readonly Difference[] {
  const tags = changes.filter(({ path }) => ofTags.test(path))
  if (tags.length < 2) return changes
  const text = (side: 'before' | 'after') => {
    const values = tags.flatMap((tag) => (tag[side] === undefined ? [] : [String(tag[side])]))
    return values.length > 0 ? { [side]: values.join(', ') } : {}
  }
  const [before, after] = [text('before'), text('after')]
  const kind = 'before' in before ? ('after' in after ? 'changed' : 'removed') : 'added'
  return [...changes.filter(({ path }) => !ofTags.test(path)), { path: 'imageTag', kind, ...before, ...after }]
}

/**
 * The differences that tell a person something, in the order of the forms: not the name of an element again, not nothing
 * that became empty.
 */
export const relevantChanges = (changes: readonly Difference[]): readonly Difference[] =>
  withTagsOnce(changes)
    .filter((change) => !isOwnType(change) && !(isNothing(change.before) && isNothing(change.after)))
    .sort((one, other) => rankOf(one) - rankOf(other))
