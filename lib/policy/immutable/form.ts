import * as z from 'zod/mini'
import type { ImmutableRule, ImmutableRuleBody } from '../../contract/swr/immutable-rule'
import { maxSelectorLength } from '../../contract/vocabulary'
import { checkTyped } from '../pattern/never-matches'
import { trimPattern } from '../pattern/pattern'
import type { FieldCode } from '../validation-codes'
import { toSelector } from './request'

/* An immutable tag rule as a form has it (docs/swr-api.md section 12). */

const fields = z.object({
  namespace: z.string(),
  /** Matched against the name inside the namespace. */
  repositories: z.string(),
  tags: z.string(),
  enabled: z.boolean(),
  /** What was read and is not touched is none of the person's business. */
  asRead: z.object({ repositories: z.string(), tags: z.string() }),
})
export type ImmutableDraft = z.input<typeof fields>
export type ImmutableValues = z.output<typeof fields>

function patternFlaw(text: string, read: string, kind: 'tag' | 'repository'): FieldCode | null {
  if (text === read) return null
  if (text.trim() === '') return 'required'
  return trimPattern(text).length > maxSelectorLength ? 'too_long' : (checkTyped(text, kind)?.code ?? null)
}

export const immutableForm = fields.check(({ value, issues }) => {
  const found = [
    ['namespace', value.namespace === '' ? 'required' : null],
    ['repositories', patternFlaw(value.repositories, value.asRead.repositories, 'repository')],
    ['tags', patternFlaw(value.tags, value.asRead.tags, 'tag')],
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
  // SWR's word is `disabled`: a new rule is on unless it says so.
  enabled: true,
  asRead: { repositories: unread, tags: unread },
})

/** What a rule says of its tags and repositories. Of several selectors only the first counts (docs/retention-engine.md). */
export const selectorsOf = ({ tag_selectors, scope_selectors }: ImmutableRule) => ({
  tags: tag_selectors[0],
  repositories: scope_selectors?.repository[0],
})

export function toDraft(rule: ImmutableRule): ImmutableDraft {
  const { tags, repositories } = selectorsOf(rule)
  const read = { repositories: repositories?.pattern ?? '', tags: tags?.pattern ?? '' }
  return { ...read, namespace: rule.namespace_name ?? '', enabled: rule.disabled !== true, asRead: read }
}

/** The request; of a rule that exists, what the form does not say goes back as it was read. */
export function toBody(values: ImmutableValues, was?: ImmutableRule): ImmutableRuleBody {
  const read = was && selectorsOf(was)
  const sent = (text: string, asRead: string) => (text === asRead ? text : trimPattern(text))
  return {
    priority: was?.priority ?? 0,
    disabled: !values.enabled,
    action: was?.action ?? 'immutable',
    template: was?.template ?? 'immutable_template',
    tag_selectors: [
      {
        kind: 'doublestar',
        decoration: 'matches',
        ...(read?.tags && toSelector(read.tags)),
        pattern: sent(values.tags, values.asRead.tags),
      },
    ],
    scope_selectors: {
      repository: [
        {
          kind: 'doublestar',
          decoration: 'repoMatches',
          ...(read?.repositories && toSelector(read.repositories)),
          pattern: sent(values.repositories, values.asRead.repositories),
        },
      ],
    },
  }
}
