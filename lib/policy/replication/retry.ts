import type { Replication } from '../../contract/swr/replication'
import type { TaskAct } from '../../contract/swr/runs'
import type { LeftReason } from '../../contract/vocabulary'
import { policyMatches } from '../pattern/policy-filter'
import { isPlainRepository } from '../pattern/repository-list'
import { hasParts, isPlainTag, type Scope } from './partial'

/* What of a wish can be run by short-lived policies, and why the rest is left out. */

/** A tag of a repository, or with null all that the policy takes of the repository. */
export interface Wish {
  /** In full. */
  readonly repository: string
  readonly tag: string | null
}

export interface Left extends Wish {
  readonly reason: LeftReason
}

export interface Divided {
  readonly again: readonly Scope[]
  readonly left: readonly Left[]
}

/** Only the odd ones are left out: what can be said of a repository is run, whatever stands beside it. */
export function divide(policy: Replication | null, wishes: Iterable<Wish>): Divided {
  const taken = new Map<string, Set<string>>()
  const whole = new Set<string>()
  const left: Left[] = []
  const takes = policy && policyMatches(policy)
  const sayable = policy !== null && hasParts(policy)
  const reasonAgainst = ({ repository, tag }: Wish): LeftReason | null => {
    if (tag === '') return 'untagged'
    if (!sayable || !takes) return 'policy'
    if (!isPlainRepository(repository)) return 'odd_repository'
    if (tag !== null && !isPlainTag(tag)) return 'odd_tag'
    return takes.repository(repository) && (tag === null || takes.tag(tag)) ? null : 'outside'
  }
  for (const wish of wishes) {
    const reason = reasonAgainst(wish)
    const { repository, tag } = wish
    if (reason !== null) left.push({ ...wish, reason })
    else if (tag === null) whole.add(repository)
    else taken.set(repository, (taken.get(repository) ?? new Set()).add(tag))
  }
  return {
    again: [
      ...[...whole].map((repository) => ({ repository, tags: [], whole: true })),
      // What is run as a whole holds its tags.
      ...[...taken].flatMap(([repository, tags]) =>
        whole.has(repository) ? [] : [{ repository, tags: [...tags].sort() }],
      ),
    ],
    left,
  }
}

export interface Failed extends Wish {
  readonly act: TaskAct
}

export interface Retry<Copy> extends Divided {
  /** What of it was copied since, with how. */
  readonly copies: readonly { readonly wish: Wish; readonly by: Copy }[]
}

/** What failed, by what can be done about it. Each is named once, however often it failed. */
export function planRetry<Copy>(
  policy: Replication | null,
  failed: Iterable<Failed>,
  copied: (wish: Wish) => Copy | undefined,
): Retry<Copy> {
  const seen = new Set<string>()
  const wishes: Wish[] = []
  const deletions: Left[] = []
  const copies: { wish: Wish; by: Copy }[] = []
  for (const { repository, tag, act } of failed) {
    const key = `${act} ${repository} ${tag ?? '*'}`
    // Untagged images have one name, and are many.
    if (tag !== '' && seen.has(key)) continue
    seen.add(key)
    const wish = { repository, tag }
    const by = act === 'copy' && tag !== '' ? copied(wish) : undefined
    // To repeat a deletion as a copy would bring back what was deleted.
    if (act === 'deletion') deletions.push({ ...wish, reason: 'deletion' })
    else if (by !== undefined) copies.push({ wish, by })
    else wishes.push(wish)
  }
  const { again, left } = divide(policy, wishes)
  return { again, left: [...deletions, ...left], copies }
}
