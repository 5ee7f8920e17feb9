import type { ImmutableRule } from '../../contract/swr/immutable-rule'
import type { DatedImage } from './dated-image'
import { RepositorySelector, type Selector, TagSelector } from './selectors'
import { type Answer, answer, type EngineVersion } from './versioned-pattern'

/** What the engine reads of an immutable tag rule. */
export type ImmutableWords = Pick<ImmutableRule, 'id' | 'disabled' | 'tag_selectors' | 'scope_selectors'>

/**
 * Whether immutable tag rules spare an image. `versions`: some releases of the engine say so, others do not. `unreadable`:
 * a rule says what the console does not know; `costly`: its pattern takes too long; `order`: a pattern is wrong, and which tag,
 * or which rule, is looked at first decides whether that is met.
 */
export const held = { no: 0, yes: 1, versions: 2, unreadable: 3, costly: 4, order: 5 } as const
export type Held = (typeof held)[keyof typeof held]

interface Release {
  readonly glob: EngineVersion
  /** The matcher is handed the name with its first part cut off once more. */
  readonly cutsName: boolean
  /** `matches` spares untagged images, too. */
  readonly sparesUntagged: boolean
}

/** How releases differ, newest first (docs/retention-engine.md "Immutability rules"). */
const releases: readonly [Release, ...Release[]] = [
  { glob: 'now', cutsName: false, sparesUntagged: false },
  { glob: 'now', cutsName: true, sparesUntagged: false },
  { glob: 'old', cutsName: true, sparesUntagged: false },
  { glob: 'old', cutsName: true, sparesUntagged: true },
]

interface ReadRule {
  readonly id: number | null
  readonly repository: RepositorySelector
  /** Null: a decoration or kind that nobody here knows. */
  readonly tags: TagSelector | null
  /** The same as it was when `matches` spared untagged images. */
  readonly tagsBefore: TagSelector | null
}

/** Only the first selector of each kind counts; without one a rule spares nothing. */
function read({ id, disabled, tag_selectors: tags, scope_selectors: scope }: ImmutableWords): ReadRule[] {
  const [tag, repository]: (Selector | undefined)[] = [tags[0], scope?.repository[0]]
  if (disabled || !tag || !repository) return []
  const repositories = RepositorySelector.read(repository)
  const everywhere = RepositorySelector.read({ decoration: 'repoMatches', pattern: '' })
  if (!everywhere) return []
  const excludes = tag.decoration === 'excludes'
  return [
    {
      id: id ?? null,
      repository: repositories ?? everywhere,
      // What is not known of the repositories makes the whole rule unreadable.
      tags: repositories && TagSelector.read(tag, excludes ? {} : { untagged: false }),
      tagsBefore: repositories && TagSelector.read(tag),
    },
  ]
}

const cut = (name: string) => name.slice(name.indexOf('/') + 1)

/** The immutable tag rules of a namespace: they spare what no retention rule keeps (docs/retention-engine.md). */
export class ImmutableRules {
  private readonly rules: readonly ReadRule[]
  /** Says which rules they are. */
  readonly key: string

  constructor(rules: readonly ImmutableWords[]) {
    this.rules = rules.flatMap(read)
    this.key = JSON.stringify(
      rules.map(({ id, disabled, tag_selectors, scope_selectors }) => [id, disabled, tag_selectors, scope_selectors]),
    )
  }

  get isEmpty(): boolean {
    return this.rules.length === 0
  }

  /** `repository` is the name inside the namespace. */
  holds(repository: string, { tags }: Pick<DatedImage, 'tags'>): Held {
    const said = releases.map((release) => this.sparedBy(release, repository, tags))
    const [first = held.no] = said
    const unknown = said.find((each) => each === held.unreadable || each === held.costly)
    return unknown ?? (said.every((each) => each === first) ? first : held.versions)
  }

  /** The rule that spares an image which is held. */
  holderOf(repository: string, { tags }: Pick<DatedImage, 'tags'>): number | null {
    const found = this.rules.find((rule) => spares(rule, releases[0], repository, tags) === held.yes)
    return found?.id ?? null
  }

  /**
   * The engine asks one rule after the other, in the service's order, and gives up at the first wrong pattern: that spares
   * nothing, and no rule after it does.
   */
  private sparedBy(release: Release, repository: string, tags: readonly string[]): Held {
    let [isHeld, isFlawed] = [false, false]
    let doubt: Held = held.no
    for (const rule of this.rules) {
      const each = spares(rule, release, repository, tags)
      if (each === held.yes) isHeld = true
      else if (each === 'flawed') isFlawed = true
      else if (each !== held.no) doubt = each
    }
    // What nobody can read may be wrong as well.
    if (doubt !== held.no || !isHeld) return doubt
    return isFlawed ? held.order : held.yes
  }
}

type Said = Held | 'flawed'

const heldBy: Readonly<Record<Answer, Said>> = {
  [answer.no]: held.no,
  [answer.yes]: held.yes,
  [answer.bad]: 'flawed',
  [answer.unclear]: held.costly,
  [answer.torn]: held.order,
}

function spares(rule: ReadRule, release: Release, repository: string, tags: readonly string[]): Said {
  const name = release.cutsName ? cut(repository) : repository
  const concerns = rule.repository.takes(name, release.glob)
  if (concerns !== answer.yes) return heldBy[concerns]
  const selector = release.sparesUntagged ? rule.tagsBefore : rule.tags
  return selector ? heldBy[selector.takes(tags, release.glob)] : held.unreadable
}
