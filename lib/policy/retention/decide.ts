import { type Decision, type DecisionReason, decisions } from '../../contract/console/retention-vocabulary'
import type { Retention } from '../../contract/swr/retention'
import type { DatedImage } from './dated-image'
import { type Held, held, type ImmutableRules } from './immutable'
import type { NamespaceImages, RepositoryImages } from './namespace-images'
import { allUnsure, code, type Outcome, outcomeOf } from './outcome'
import { type ReadRule, readRules } from './rule-reading'
import { atOnce, type Steps } from './steps'
import { answer, type EngineVersion } from './versioned-pattern'

/*
 * What a run would do with each image of a namespace. Whether the policy is enabled is not looked at: a run asks for the
 * rules alone. Which Harbor SWR's engine comes from is not known: where releases disagree on an image it is unsure.
 */

export interface ImageDecision {
  readonly decision: Decision
  /** The first rule that keeps it, by its place; null where none does. */
  readonly rule: number | null
  readonly because: DecisionReason | null
  /** The immutable tag rule that spares it, by its id, though no rule keeps it. */
  readonly immutable: number | null
}

/** The decisions of one repository, by the places of its images. */
export class RepositoryDecisions<Image extends DatedImage = DatedImage> {
  constructor(
    readonly repository: RepositoryImages<Image>,
    /** Places in `decisions`. */
    readonly codes: Uint8Array,
    private readonly outcome: Outcome,
    private readonly oddReasons: ReadonlyMap<number, DecisionReason>,
    private readonly rules: ImmutableRules,
    private readonly spared: ReadonlySet<number>,
  ) {}

  decisionOf(index: number): Decision {
    return decisions[this.codes[index] ?? unsureCode] ?? 'unsure'
  }

  /** Whether a run deletes it, or may, as far as anybody can say; a run that fails deletes nothing. */
  mayGo(index: number): boolean {
    if (this.codes[index] === deleteCode) return true
    return this.codes[index] === unsureCode && this.reasonAt(index) !== 'run_fails'
  }

  private reasonAt(index: number): DecisionReason | null {
    return this.oddReasons.get(index) ?? this.outcome.reasons[index] ?? null
  }

  at(index: number): ImageDecision {
    const decision = this.decisionOf(index)
    const rule = this.outcome.rules[index] ?? -1
    const image = this.repository.images[index]
    return {
      decision,
      rule: decision === 'keep' && rule >= 0 ? rule : null,
      because: decision === 'unsure' ? this.reasonAt(index) : null,
      immutable: image && this.spared.has(index) ? this.rules.holderOf(this.repository.name, image) : null,
    }
  }
}

export interface NamespaceDecisions<Image extends DatedImage = DatedImage> {
  /** The engine gives up on the whole run before it deletes anything. */
  readonly refused: boolean
  readonly repositories: readonly RepositoryDecisions<Image>[]
}

const place = (decision: Decision) => decisions.indexOf(decision)
const [keepCode, deleteCode, untouchedCode, unsureCode] = [
  place('keep'),
  place('delete'),
  place('untouched'),
  place('unsure'),
]

const codeFor: Readonly<Record<number, number>> = {
  [code.untouched]: untouchedCode,
  [code.keep]: keepCode,
  [code.delete]: deleteCode,
  [code.unsure]: unsureCode,
}

/** Whether a run fails as a whole, because the engine refuses a repository selector as soon as it meets one of their names. */
const isRefused = (rules: readonly ReadRule[], images: NamespaceImages, version: EngineVersion): boolean =>
  rules.some((rule) => images.repositories.some(({ name }) => rule.concerns(name, version) === answer.bad))

const reasonOfHeld: Partial<Record<Held, DecisionReason>> = {
  [held.versions]: 'immutable_versions',
  [held.unreadable]: 'rule_unreadable',
  [held.costly]: 'costly',
  [held.order]: 'pattern_error',
}

/** Decides repository after repository and lets others in between them. */
export function* decideNamespaceImages<Image extends DatedImage>(
  policy: Pick<Retention, 'algorithm' | 'rules'>,
  images: NamespaceImages<Image>,
  immutable: ImmutableRules,
  now: Date,
): Steps<NamespaceDecisions<Image>> {
  const rules = readRules(policy)
  const isOr = (policy.algorithm ?? 'or') === 'or'
  const refused = isRefused(rules, images, 'now')
  const differs = rules.some((rule) => rule.differs)
  // A run that fails deletes nothing: all that an older engine adds to the picture then.
  const oldRefused = differs && isRefused(rules, images, 'old')
  const repositories: RepositoryDecisions<Image>[] = []
  for (const repository of images.repositories) {
    yield
    const count = repository.images.length
    const outcome = refused ? allUnsure(count, 'run_fails') : yield* outcomeOf(rules, isOr, repository, 'now', now)
    const old = differs && !refused && !oldRefused ? yield* outcomeOf(rules, isOr, repository, 'old', now) : null
    repositories.push(combined(repository, outcome, oldRefused && !refused ? 'stays' : old, immutable))
  }
  return { refused, repositories }
}

/** What an older engine does: `stays` where its run fails; null where it does the same. */
type Old = Outcome | 'stays' | null

/** Whether another release than the newest deletes the image, or may. */
function disagrees(own: number, old: Old, index: number): boolean {
  if (old === null) return false
  // A task that fails deletes nothing either.
  const stays = old === 'stays' || old.reasons[index] === 'run_fails'
  const other = stays ? code.keep : (old.codes[index] ?? code.unsure)
  const [goes, wentBefore] = [own === code.delete, other === code.delete]
  return goes !== wentBefore || other === code.unsure
}

function combined<Image extends DatedImage>(
  repository: RepositoryImages<Image>,
  outcome: Outcome,
  old: Old,
  immutable: ImmutableRules,
): RepositoryDecisions<Image> {
  const codes = new Uint8Array(outcome.codes.length)
  const reasons = new Map<number, DecisionReason>()
  const spared = new Set<number>()
  for (let index = 0; index < codes.length; index++) {
    const own = outcome.codes[index] ?? code.unsure
    const odd = disagrees(own, old, index)
    let found = odd && own !== code.unsure ? unsureCode : (codeFor[own] ?? unsureCode)
    if (odd && own !== code.unsure) reasons.set(index, 'engine_versions')
    // Places are given before immutable tags are looked at: they matter only for what would go.
    if (!immutable.isEmpty && (found === deleteCode || found === unsureCode)) {
      const said = repository.heldBy(immutable, index)
      const doubt = reasonOfHeld[said]
      if (said === held.yes && own === code.untouched) found = untouchedCode
      else if (said === held.yes) {
        found = keepCode
        spared.add(index)
      } else if (doubt && found === deleteCode) {
        found = unsureCode
        reasons.set(index, doubt)
      }
    }
    codes[index] = found
  }
  return new RepositoryDecisions(repository, codes, outcome, reasons, immutable, spared)
}

/** All of it at once, for few images. */
export const decideAtOnce = <Image extends DatedImage>(
  ...input: Parameters<typeof decideNamespaceImages<Image>>
): NamespaceDecisions<Image> => atOnce(decideNamespaceImages(...input))
