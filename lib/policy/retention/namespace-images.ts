import type { DatedImage } from './dated-image'
import type { Held, ImmutableRules } from './immutable'
import { allTake, type Selector, TagSelector } from './selectors'
import type { Steps } from './steps'
import { type Answer, answer, type EngineVersion } from './versioned-pattern'

export type By = 'pushed' | 'pulled'

/** Earlier than anything: never pulled is the year 1 to the engine. */
export const never = Number.NEGATIVE_INFINITY

export const secondsOf = (time: number): number => Math.floor(time / 1000)

/** Which images of a repository some tag selectors take, as one engine has it. */
export interface Taken {
  readonly images: Uint8Array
  /** The engine meets a flaw of a pattern, or does by the order of some image's tags; or nobody here can tell for some. */
  readonly flaw: 'pattern' | 'order' | 'costly' | null
}

export type Selection = Readonly<Record<EngineVersion, Taken>>

const mostSelections = 24

/** Images of one repository, made ready for many decisions: what does not depend on a rule is worked out once. */
export class RepositoryImages<Image extends DatedImage = DatedImage> {
  private readonly seconds: Partial<Record<By, Float64Array>> = {}
  private readonly orders: Partial<Record<By, Uint32Array>> = {}
  private readonly selections = new Map<string, Selection>()
  private spared: { readonly key: string; readonly images: Uint8Array } | null = null

  constructor(
    /** Inside its namespace. */
    readonly name: string,
    readonly images: readonly Image[],
  ) {}

  /** In the seconds that the engine compares; `never` for 0. */
  secondsBy(by: By): Float64Array {
    const known = this.seconds[by]
    if (known) return known
    const made = Float64Array.from(this.images, (image) => (image[by] === 0 ? never : secondsOf(image[by])))
    this.seconds[by] = made
    return made
  }

  /** Places of the images, newest first. */
  orderBy(by: By): Uint32Array {
    const known = this.orders[by]
    if (known) return known
    const seconds = this.secondsBy(by)
    const made = Uint32Array.from(this.images.keys()).sort((a, b) => compareDown(seconds[a], seconds[b]))
    this.orders[by] = made
    return made
  }

  /** Whether immutable tag rules spare an image; the answers for the rules that were asked last are remembered. */
  heldBy(rules: ImmutableRules, index: number): Held {
    if (this.spared?.key !== rules.key)
      this.spared = { key: rules.key, images: new Uint8Array(this.images.length).fill(notAsked) }
    const known = this.spared.images[index]
    if (isHeld(known)) return known
    const said = rules.holds(this.name, this.images[index] ?? { tags: [] })
    this.spared.images[index] = said
    return said
  }

  /** Lets others in after some images. */
  *select(selectors: SelectorList): Steps<Selection> {
    const known = this.selections.get(selectors.key)
    if (known) return known
    const now = yield* this.taken(selectors, 'now')
    const made = { now, old: selectors.differs ? yield* this.taken(selectors, 'old') : now }
    if (this.selections.size >= mostSelections) this.selections.clear()
    this.selections.set(selectors.key, made)
    return made
  }

  private *taken({ list }: SelectorList, version: EngineVersion): Steps<Taken> {
    const images = new Uint8Array(this.images.length)
    let flaw: Taken['flaw'] = null
    for (const [index, { tags }] of this.images.entries()) {
      if (index % imagesPerSlice === imagesPerSlice - 1) yield
      const said: Answer = allTake(list, (selector) => selector.takes(tags, version))
      if (said === answer.bad) return { images, flaw: 'pattern' }
      if (said === answer.unclear) flaw = 'costly'
      else if (said === answer.torn) flaw ??= 'order'
      else images[index] = said
    }
    return { images, flaw }
  }
}

const imagesPerSlice = 500
const notAsked = 255
const isHeld = (value: number | undefined): value is Held => value !== undefined && value !== notAsked

const compareDown = (one = never, other = never) => (one === other ? 0 : one > other ? -1 : 1)

/** Tag selectors of one rule, known by what they say. */
export class SelectorList {
  private constructor(
    readonly key: string,
    readonly list: readonly TagSelector[],
  ) {}

  /** Null where the engine cannot read one of them. */
  static read(selectors: readonly Selector[], effort?: number): SelectorList | null {
    const list = selectors.map((selector) => TagSelector.read(selector, { effort }))
    const words = selectors.map(({ decoration, pattern, extras }) => [decoration, pattern, extras])
    return list.every((each) => each !== null) ? new SelectorList(JSON.stringify(words), list) : null
  }

  get differs(): boolean {
    return this.list.some((selector) => selector.differs)
  }
}

/** All images of a namespace that a run would look at. */
export class NamespaceImages<Image extends DatedImage = DatedImage> {
  readonly repositories: readonly RepositoryImages<Image>[]

  /** Repositories by their names inside the namespace. */
  constructor(repositories: readonly { readonly name: string; readonly images: readonly Image[] }[]) {
    this.repositories = repositories.map(({ name, images }) => new RepositoryImages(name, images))
  }
}
