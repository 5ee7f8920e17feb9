import * as z from 'zod/mini'
import type { Replication, ReplicationBody } from '../../contract/swr/replication'
import { replicationTriggers, type ScopeMode, scopeModes } from '../../contract/vocabulary'
import { parseEnum } from '../enum'
import { nameFlaw, namespaceField } from '../fields'
import { checkTyped, type PatternKind } from '../pattern/never-matches'
import { trimPattern } from '../pattern/pattern'
import { formatRepositoryList, isPlainRepository, parseRepositoryList } from '../pattern/repository-list'
import { checkSchedule, readTrigger, toTriggerBody } from '../schedule/trigger'
import type { FieldCode } from '../validation-codes'
import { filterText, isExcluding, readFilter } from './filter'
import { inOrder, isSameFilter, otherFilter, otherOf, shownIn } from './form-filters'
import { remoteOf, remoteSide, sidesOf } from './request'

const directions = ['push', 'pull'] as const
export type Direction = (typeof directions)[number]

const fields = z.object({
  name: z.string(),
  description: z.string(),
  direction: z.enum(directions),
  registry: z.string(),
  scope: z.enum(scopeModes),
  /** Text of the name filter; while repositories are picked from a list they stand for it. */
  namePattern: z.string(),
  tagPattern: z.string(),
  /** The tag pattern that leaves out what it takes; another one that is typed instead selects again. */
  tagExcluded: z.nullable(z.string()),
  /** Full names, `library/nginx`. */
  repositories: z.array(z.string()),
  /** Filters beside the one name and the one tag. Those that the console does not understand stay, or are removed. */
  others: z.array(otherFilter),
  destNamespace: z.string(),
  trigger: z.string(),
  cron: z.string(),
  override: z.boolean(),
  enabled: z.boolean(),
  /** What the form was opened on. Values that break our rules but were not touched are none of the person's business. */
  asRead: z.object({
    name: z.string(),
    direction: z.enum(directions),
    registry: z.string(),
    scope: z.string(),
    namePattern: z.string(),
    tagPattern: z.string(),
    others: z.array(otherFilter),
    destNamespace: z.string(),
    trigger: z.string(),
    cron: z.string(),
  }),
})

export type ReplicationDraft = z.input<typeof fields>
export type ReplicationValues = z.output<typeof fields>

type Picking = Pick<ReplicationDraft, 'direction' | 'scope' | 'namePattern' | 'repositories' | 'asRead'>

/** Only our own repositories can be listed: pulling takes names as text. */
const picks = ({ direction, scope }: Picking) => direction === 'push' && scope === 'selection'

/** The name pattern that a draft stands for. */
export const namesOf = (draft: Picking): string =>
  picks(draft) && draft.repositories.length > 0
    ? formatRepositoryList(draft.repositories, draft.asRead.namePattern)
    : draft.namePattern

/** The policy was read as a selection, but its pattern is no list of repositories: it is shown and kept as text. */
export const preservedText = (draft: Picking): boolean =>
  picks(draft) &&
  draft.repositories.length === 0 &&
  draft.asRead.scope === 'selection' &&
  draft.namePattern === draft.asRead.namePattern

function* otherFlaws({ others, asRead }: ReplicationValues): Generator<Flaw> {
  for (const [at, each] of others.entries()) {
    if (asRead.others.some((read) => isSameFilter(read, each))) continue
    if (readFilter(each) === null) yield [['others', at, 'type'], 'filter_unknown']
    else if (each.value === '') yield [['others', at, 'value'], 'required']
  }
}

const isRegistry = (text: string) => /^[1-9]\d{0,14}$/.test(text)

type Flaw = readonly [path: keyof ReplicationValues | readonly PropertyKey[], code: FieldCode | null | undefined]

function* flaws(values: ReplicationValues): Generator<Flaw> {
  const { asRead, trigger } = values
  if (values.name !== asRead.name) yield ['name', nameFlaw(values.name)]
  const isSide = values.registry === asRead.registry && values.direction === asRead.direction
  if (!isSide && !isRegistry(values.registry)) yield ['registry', 'registry_required']
  const check = (text: string, read: string, kind: PatternKind) => (text === read ? null : checkTyped(text, kind)?.code)
  if (!picks(values)) yield ['namePattern', check(values.namePattern, asRead.namePattern, 'repository')]
  else if (!values.repositories.every(isPlainRepository)) yield ['repositories', 'repository_characters']
  else if (values.repositories.length === 0 && !preservedText(values)) yield ['repositories', 'repositories_none']
  yield ['tagPattern', check(values.tagPattern, asRead.tagPattern, 'tag')]
  // Everything has to be said, unless SWR holds it so.
  const readNone = `${asRead.namePattern}${asRead.tagPattern}` === '' && asRead.others.length === 0
  const hasNone = `${namesOf(values)}${values.tagPattern}` === '' && values.others.length === 0
  if (hasNone && !readNone) yield [picks(values) ? 'repositories' : 'namePattern', 'required']
  yield* otherFlaws(values)
  if (values.destNamespace !== asRead.destNamespace) yield ['destNamespace', namespaceField(values.destNamespace)]
  if (trigger !== asRead.trigger && !parseEnum(replicationTriggers, trigger)) yield ['trigger', 'choice_unknown']
  const pulledSo = asRead.direction === 'pull' && asRead.trigger === 'event_based'
  // Events are raised by pushes to this instance (docs/swr-api.md section 8).
  if (trigger === 'event_based' && values.direction === 'pull' && !pulledSo) yield ['trigger', 'trigger_push_only']
  yield ['cron', checkSchedule(values, 'replication')]
}

export const replicationForm = fields.check(({ value, issues }) => {
  for (const [place, code] of flaws(value)) {
    const path = typeof place === 'string' ? [place] : [...place]
    if (code) issues.push({ code: 'custom', path, message: code, input: value })
  }
})

/** Which repositories is for the person to say: "everything" is never what somebody gets by leaving a field alone. */
export function blankReplication(): ReplicationDraft {
  const text = { tagPattern: '**', destNamespace: '', trigger: 'manual', cron: '' }
  const choice = { direction: 'push', scope: 'regular' } as const
  return {
    name: '',
    description: '',
    registry: '',
    namePattern: '',
    repositories: [],
    tagExcluded: null,
    others: [],
    override: false,
    enabled: false,
    ...text,
    ...choice,
    asRead: nothingRead,
  }
}

/** No draft equals it: all that a new policy says is looked at. */
const nothingRead = {
  name: '\0',
  direction: 'push',
  registry: '\0',
  scope: 'regular',
  namePattern: '**',
  tagPattern: '**',
  others: [],
  destNamespace: '',
  trigger: 'manual',
  cron: '',
} satisfies ReplicationDraft['asRead']

export function toForm(policy: Replication): ReplicationDraft {
  const { direction, registry } = remoteOf(policy)
  const scope = scopeOf(policy.repo_scope_mode)
  const { name: firstName, tag: firstTag } = shownIn(policy.filters)
  const text = {
    name: policy.name ?? '',
    registry: registry === undefined ? '' : String(registry),
    namePattern: firstName ? filterText(firstName) : '',
    tagPattern: firstTag ? filterText(firstTag) : '',
    others: policy.filters.filter((filter) => filter !== firstName && filter !== firstTag).map(otherOf),
    destNamespace: policy.dest_namespace ?? '',
    ...readTrigger(policy.trigger),
  }
  return asPicked({
    description: policy.description ?? '',
    repositories: [],
    tagExcluded: firstTag && isExcluding(firstTag) ? text.tagPattern : null,
    override: policy.override ?? false,
    enabled: policy.enabled ?? false,
    ...text,
    direction,
    scope,
    asRead: { ...text, direction, scope: policy.repo_scope_mode ?? '' },
  })
}

const scopeOf = (read: string | undefined): ScopeMode => parseEnum(scopeModes, read) ?? 'regular'

/** Reads a pattern as picked repositories where they are picked and it names nothing else. */
function asPicked(draft: ReplicationDraft): ReplicationDraft {
  const repositories = picks(draft) ? parseRepositoryList(draft.namePattern) : null
  return repositories === null ? draft : { ...draft, repositories, namePattern: '' }
}

/** The draft with its names written out, picked or not. */
export const asText = (draft: ReplicationDraft): ReplicationDraft => ({
  ...draft,
  namePattern: namesOf(draft),
  repositories: [],
})

/** The draft after a change of scope: patterns become picked repositories where they can, and the other way round. */
export const withScope = (draft: ReplicationDraft, scope: ScopeMode): ReplicationDraft =>
  asPicked({ ...asText(draft), scope })

/** The draft after a change of direction. */
export function withDirection(draft: ReplicationDraft, direction: Direction): ReplicationDraft {
  const { asRead } = draft
  const allowed = direction === 'push' || (asRead.direction === 'pull' && asRead.trigger === 'event_based')
  const trigger = draft.trigger === 'event_based' && !allowed ? 'manual' : draft.trigger
  return asPicked({ ...asText(draft), direction, trigger })
}

export function toBody(values: ReplicationValues, was?: Replication): ReplicationBody {
  const { name, description, direction, registry, destNamespace, override, enabled } = values
  const isTriggerRead = values.trigger === '' && was?.trigger === undefined
  return {
    ...((name !== '' || was?.name !== undefined) && { name }),
    // Left out when empty, unless the policy was read with it: then empty is what the person wants it to be.
    ...((description !== '' || was?.description !== undefined) && { description }),
    ...(was && registry === '' ? sidesOf(was) : remoteSide(direction, Number(registry))),
    ...((destNamespace !== '' || was?.dest_namespace !== undefined) && { dest_namespace: destNamespace }),
    filters: filtersToWire(values, was),
    ...scopeToWire(values, was),
    ...(!isTriggerRead && { trigger: toTriggerBody(values.trigger, values.cron, was?.trigger) }),
    ...(!(was && was.override === undefined && !override) && { override }),
    enabled,
  }
}

/** What nobody knows, or could read, stays as long as nothing else is chosen. */
function scopeToWire({ scope, asRead }: ReplicationValues, was: Replication | undefined) {
  if (!was || scope !== scopeOf(asRead.scope)) return { repo_scope_mode: scope }
  return asRead.scope === '' && was.repo_scope_mode === undefined ? {} : { repo_scope_mode: asRead.scope }
}

/** The tags are all but what the pattern takes. */
export const excludesTags = ({ tagExcluded, tagPattern }: Pick<ReplicationDraft, 'tagExcluded' | 'tagPattern'>) =>
  tagExcluded !== null && tagExcluded === tagPattern

/** The filters that a draft stands for. */
function filtersToWire(values: ReplicationValues, was: Replication | undefined): ReplicationBody['filters'] {
  const { asRead, tagPattern, others } = values
  const names = namesOf(values)
  const shown = [
    { type: 'name', value: names === asRead.namePattern ? names : trimPattern(names) },
    {
      type: 'tag',
      value: tagPattern === asRead.tagPattern ? tagPattern : trimPattern(tagPattern),
      ...(excludesTags(values) && { decoration: 'excludes' }),
    },
  ]
  return inOrder(shown, others, was)
}
