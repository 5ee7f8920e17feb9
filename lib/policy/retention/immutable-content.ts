import type { ImmutableRule } from '../../contract/swr/immutable-rule'
import { checkPattern } from '../pattern/pattern'
import { selectorsContent, sorted } from './content'

/** As read or as sent. */
export type ImmutableContent = Pick<
  ImmutableRule,
  'disabled' | 'action' | 'template' | 'tag_selectors' | 'scope_selectors'
>

const ruleContent = ({ action, template, tag_selectors: tags, scope_selectors: scope }: ImmutableContent) => ({
  action: action ?? 'immutable',
  template: template ?? 'immutable_template',
  tags: selectorsContent(tags),
  repositories: selectorsContent(scope?.repository),
})

/**
 * Everything that decides which tags immutable rules hold, as a text that is equal for equal rules: those that are switched on,
 * in whatever order, without ids and priorities. A dry run is of one such text: with other rules SWR deletes other images.
 */
export const immutableContentOf = (rules: readonly ImmutableContent[]): string =>
  JSON.stringify(
    rules
      .filter(({ disabled }) => disabled !== true)
      .map((rule) => JSON.stringify(sorted(ruleContent(rule))))
      .toSorted(),
  )

const isWrong = ({ pattern = '' }: ImmutableContent['tag_selectors'][number]) =>
  pattern !== '' && checkPattern(pattern) !== null

/** Whether the engine may give up at the rule, and with it at all the others. */
const mayEndTheLook = ({ tag_selectors: tags, scope_selectors: scope }: ImmutableContent) =>
  [...tags.slice(0, 1), ...(scope?.repository ?? []).slice(0, 1)].some(isWrong)

/**
 * Whether a change of a rule may let go of a tag that it holds, or another one: any change does but switching on, as nobody can
 * tell of two patterns which one takes more; and so does switching on a wrong pattern. `now` is null where the rule is deleted.
 */
export function mayHoldLess(was: ImmutableContent, now: ImmutableContent | null): boolean {
  if (was.disabled !== true) return now === null || immutableContentOf([was]) !== immutableContentOf([now])
  return now !== null && now.disabled !== true && mayEndTheLook(now)
}
