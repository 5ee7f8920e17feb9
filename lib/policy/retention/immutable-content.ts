import type { ImmutableRule } from '../../contract/swr/immutable-rule'
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

/**
 * Whether a change of a rule may let go of a tag that it holds: any change does but switching on, as nobody can tell of two
 * patterns which one takes more. `now` is null where the rule is deleted.
 */
export const mayHoldLess = (was: ImmutableContent, now: ImmutableContent | null): boolean =>
  was.disabled !== true && (now === null || immutableContentOf([was]) !== immutableContentOf([now]))
