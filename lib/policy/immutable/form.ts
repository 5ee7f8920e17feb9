import * as z from 'zod/mini'
import type { ImmutableRule, ImmutableRuleBody } from '../../contract/swr/immutable-rule'
import { maxSelectorLength } from '../../contract/vocabulary'
import { checkTyped } from '../pattern/never-matches'
import { trimPattern } from '../pattern/pattern'
import type { FieldCode } from '../validation-codes'
import { toRequest, toSelector } from './request'
import { matching, type Side, selectorsOf } from './selectors'

/* An immutable tag rule as a form has it (docs/swr-api.md section 12). */

const decorations = z.object({ tags: z.string(), repositories: z.string() })

const fields = z.object({
  namespace: z.string().check(z.trim()),
  /** Matched against the name inside the namespace. */
  repositories: z.string(),
  tags: z.string(),
  /** How the patterns are meant while they are as they were read; another pattern matches. */
  decorations,
  enabled: z.boolean(),
  /** What was read and is not touched is none of the person's business. */
  asRead: z.object({ repositories: z.string(), tags: z.string(), decorations }),
})
export type ImmutableDraft = z.input<typeof fields>
export type ImmutableValues = z.output<typeof fields>

type Patterns = Pick<ImmutableDraft, Side | 'decorations' | 'asRead'>

/** How a pattern will be sent: what qualified the pattern that was read does not go over to another one. */
export const decorationOf = (side: Side, draft: Patterns): string =>
  draft[side] === draft.asRead[side] ? draft.decorations[side] : matching[side]

const isAsRead = (side: Side, draft: Patterns): boolean =>
  draft[side] === draft.asRead[side] && draft.decorations[side] === draft.asRead.decorations[side]

function patternFlaw(side: Side, draft: Patterns): FieldCode | null {
  const text = draft[side]
  if (isAsRead(side, draft)) return null
  if (text.trim() === '') return 'required'
  if (trimPattern(text).length > maxSelectorLength) return 'too_long'
  return checkTyped(text, side === 'tags' ? 'tag' : 'repository')?.code ?? null
}

/** `hasRule` says of which namespaces there is a rule already: SWR takes one for each. */
export const immutableForm = (hasRule: (namespace: string) => boolean) =>
  fields.check(({ value, issues }) => {
    const { namespace } = value
    const found = [
      ['namespace', namespace === '' ? 'required' : hasRule(namespace) ? 'namespace_taken' : null],
      ['repositories', patternFlaw('repositories', value)],
      ['tags', patternFlaw('tags', value)],
    ] as const
    for (const [field, code] of found) {
      if (code) issues.push({ code: 'custom', path: [field], message: code, input: value[field] })
    }
  })

/** No text that somebody types. */
const unread = '\0'

export const blankImmutable = (): ImmutableDraft => ({
  namespace: '',
  repositories: '**',
  tags: '**',
  decorations: matching,
  // SWR's word is `disabled`: a new rule is on unless it says so.
  enabled: true,
  asRead: { repositories: unread, tags: unread, decorations: matching },
})

export function toDraft(rule: ImmutableRule): ImmutableDraft {
  const { tags, repositories } = selectorsOf(rule)
  const read = {
    repositories: repositories?.pattern ?? '',
    tags: tags?.pattern ?? '',
    decorations: {
      tags: tags?.decoration ?? matching.tags,
      repositories: repositories?.decoration ?? matching.repositories,
    },
  }
  return { ...read, namespace: rule.namespace_name ?? '', enabled: rule.disabled !== true, asRead: read }
}

/** What the form says of a side, where that is not what was read. */
function selectorOf(side: Side, values: ImmutableValues, was: ImmutableRule | undefined) {
  const decoration = decorationOf(side, values)
  const extras = was && selectorsOf(was)[side]?.extras
  const isTurned = decoration !== values.asRead.decorations[side]
  return toSelector({
    kind: 'doublestar',
    decoration,
    pattern: trimPattern(values[side]),
    extras: isTurned ? undefined : extras,
  })
}

/** The request; of a rule that exists, what the form does not say goes back as it was read. */
export function toBody(values: ImmutableValues, was?: ImmutableRule): ImmutableRuleBody {
  const read = was && toRequest(was)
  const isKept = (side: Side) => read !== undefined && isAsRead(side, values)
  const scope = isKept('repositories')
    ? read?.scope_selectors
    : { repository: [selectorOf('repositories', values, was)] }
  return {
    priority: read?.priority ?? 0,
    disabled: !values.enabled,
    action: read?.action ?? 'immutable',
    template: read?.template ?? 'immutable_template',
    tag_selectors: read && isKept('tags') ? read.tag_selectors : [selectorOf('tags', values, was)],
    ...(scope && { scope_selectors: scope }),
  }
}
