import * as z from 'zod/mini'
import type { Replication, ReplicationBody } from '../../contract/swr/replication'
import { filterTypes, replicationTriggers, type ScopeMode, scopeModes } from '../../contract/vocabulary'
import { oneOf } from '../enum'
import { nameField, namespaceField } from '../fields'
import { checkTyped, type PatternKind } from '../pattern/never-matches'
import { trimPattern } from '../pattern/pattern'
import { isPlainRepository, readSelection, spellSelection } from '../pattern/repository-list'
import { checkSchedule, readTrigger, triggerToWire } from '../schedule/trigger'
import type { FieldCode } from '../validation-codes'
import { remoteOf, remoteSide } from './request'

const directions = ['push', 'pull'] as const
export type Direction = (typeof directions)[number]

const fields = z.object({
  name: nameField,
  description: z.string(),
  direction: z.enum(directions),
  registry: z.string().check(z.regex(/^[1-9]\d{0,14}$/, 'registry_required')),
  scope: z.enum(scopeModes),
  /** Text of the name filter; while repositories are picked from a list they stand for it. */
  namePattern: z.string(),
  tagPattern: z.string(),
  /** Full names, `library/nginx`. */
  repositories: z.array(z.string()),
  /** Filters beside the one name and the one tag. A request knows no other types: those have to be removed by a person. */
  others: z.array(
    z.object({
      type: z.pipe(z.string(), z.enum(filterTypes, 'filter_unknown')),
      value: z.string().check(z.minLength(1, 'required')),
    }),
  ),
  destNamespace: z.string(),
  trigger: z.pipe(z.string(), z.enum(replicationTriggers, 'choice_unknown')),
  cron: z.string(),
  override: z.boolean(),
  enabled: z.boolean(),
  /** What the form was opened on. Values that break our rules but were not touched are none of the person's business. */
  asRead: z.object({
    direction: z.enum(directions),
    scope: z.string(),
    namePattern: z.string(),
    tagPattern: z.string(),
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
    ? spellSelection(draft.repositories, draft.asRead.namePattern)
    : draft.namePattern

/** The policy was read as a selection, but its pattern is no list of repositories: it is shown and kept as text. */
export const keptText = (draft: Picking): boolean =>
  picks(draft) &&
  draft.repositories.length === 0 &&
  draft.asRead.scope === 'selection' &&
  draft.namePattern === draft.asRead.namePattern

function* flaws(values: ReplicationValues): Generator<[keyof ReplicationValues, FieldCode | null | undefined]> {
  const { asRead, trigger } = values
  const check = (text: string, read: string, kind: PatternKind) => (text === read ? null : checkTyped(text, kind)?.code)
  if (!picks(values)) yield ['namePattern', check(values.namePattern, asRead.namePattern, 'repository')]
  else if (!values.repositories.every(isPlainRepository)) yield ['repositories', 'repository_characters']
  else if (values.repositories.length === 0 && !keptText(values)) yield ['repositories', 'repositories_none']
  yield ['tagPattern', check(values.tagPattern, asRead.tagPattern, 'tag')]
  // Read without any filter, which a request cannot say.
  const unfiltered = `${namesOf(values)}${values.tagPattern}` === '' && values.others.length === 0
  if (unfiltered) yield [picks(values) ? 'repositories' : 'namePattern', 'required']
  if (values.destNamespace !== asRead.destNamespace) yield ['destNamespace', namespaceField(values.destNamespace)]
  const pulledSo = asRead.direction === 'pull' && asRead.trigger === 'event_based'
  // Events are raised by pushes to this instance (NOTES section 8).
  if (trigger === 'event_based' && values.direction === 'pull' && !pulledSo) yield ['trigger', 'trigger_push_only']
  yield ['cron', checkSchedule(values, 'replication')]
}

export const replicationForm = fields.check(({ value, issues }) => {
  for (const [field, code] of flaws(value)) {
    if (code) issues.push({ code: 'custom', path: [field], message: code, input: value[field] })
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
    others: [],
    override: false,
    enabled: false,
    ...text,
    ...choice,
    // Nothing was read, so an empty pattern is no value to be kept.
    asRead: { ...text, ...choice, namePattern: '**' },
  }
}

export function toForm(policy: Replication): ReplicationDraft {
  const { direction, registry } = remoteOf(policy)
  const scope = oneOf(scopeModes, policy.repo_scope_mode) ?? 'regular'
  const firstName = policy.filters.find(({ type }) => type === 'name')
  const firstTag = policy.filters.find(({ type }) => type === 'tag')
  const text = {
    namePattern: firstName?.value ?? '',
    tagPattern: firstTag?.value ?? '',
    destNamespace: policy.dest_namespace ?? '',
    ...readTrigger(policy.trigger),
  }
  return asPicked({
    name: policy.name ?? '',
    description: policy.description ?? '',
    registry: registry === undefined ? '' : String(registry),
    repositories: [],
    others: policy.filters
      .filter((filter) => filter !== firstName && filter !== firstTag)
      .map(({ type = '', value = '' }) => ({ type, value })),
    override: policy.override ?? false,
    enabled: policy.enabled ?? false,
    ...text,
    direction,
    scope,
    asRead: { ...text, direction, scope: policy.repo_scope_mode ?? '' },
  })
}

/** Reads a pattern as picked repositories where they are picked and it names nothing else. */
function asPicked(draft: ReplicationDraft): ReplicationDraft {
  const repositories = picks(draft) ? readSelection(draft.namePattern) : null
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

export function toWire(values: ReplicationValues, was?: Replication): ReplicationBody {
  const { name, description, destNamespace, override, enabled } = values
  return {
    name,
    // Left out when empty, unless the policy was read with it: then empty is what the person wants it to be.
    ...((description !== '' || was?.description !== undefined) && { description }),
    ...remoteSide(values.direction, Number(values.registry)),
    ...((destNamespace !== '' || was?.dest_namespace !== undefined) && { dest_namespace: destNamespace }),
    filters: filtersToWire(values, was?.filters ?? []),
    repo_scope_mode: values.scope,
    trigger: triggerToWire(values.trigger, values.cron, was?.trigger),
    override,
    enabled,
  }
}

/** The filters in the order in which they were read; what the form shows takes the place of the first name and tag. */
function filtersToWire(values: ReplicationValues, read: Replication['filters']): ReplicationBody['filters'] {
  const { asRead, tagPattern } = values
  const names = namesOf(values)
  const typed = { name: names === asRead.namePattern ? names : trimPattern(names), tag: trimPattern(tagPattern) }
  if (tagPattern === asRead.tagPattern) typed.tag = tagPattern
  const shown = filterTypes.map((type) => ({ type, value: typed[type] }))
  const waiting = [...shown, ...values.others]
  const place = ({ type, value }: Replication['filters'][number]) => {
    const at = waiting.findIndex((filter) => filter.type === type && (shown.includes(filter) || filter.value === value))
    return at === -1 ? [] : waiting.splice(at, 1)
  }
  // An empty pattern means everything, as no filter does; a request can only say the latter.
  return [...read.flatMap(place), ...waiting].filter(({ value }) => value !== '')
}
