import * as z from 'zod/mini'
import type { ConsoleInput } from '@/lib/contract/console/schemas'
import type { SyncTarget } from '@/lib/contract/console/sync'
import { maxSyncTags } from '@/lib/contract/console/sync-vocabulary'
import { organizationName } from '@/lib/contract/vocabulary'

/*
 * What one person has collected to be sent, before there is a job. Kept in the browser, so that it has to be checked when it is
 * read: another version of the console may have written it.
 */

/** As many as the plan of a job takes. */
export const mostRepositories = 1_000

const tag = z.object({ tag: z.string(), size: z.number() })
const basket = z.object({
  repositories: z.array(z.object({ name: z.string(), tags: z.array(tag) })),
  /** An empty organization is that of the tags. */
  targets: z.array(z.object({ region: z.string(), organization: z.string() })),
  press: z.catch(
    z.optional(z.object({ name: z.string().check(z.regex(/^[\w-]{16,64}$/)), at: z.number(), sent: z.string() })),
    undefined,
  ),
})

export interface Basket {
  /** Names with their organization, in the order in which they came. */
  readonly repositories: readonly BasketRepository[]
  readonly targets: readonly SyncTarget[]
  /** Names the press that has sent it, until that is answered: pressed once more it makes no second job. */
  readonly press?: Press | undefined
}
interface Press {
  readonly name: string
  readonly at: number
  /** Short form of the images that it sends. */
  readonly sent: string
}
export interface BasketRepository {
  readonly name: string
  readonly tags: readonly BasketTag[]
}
interface BasketTag {
  readonly tag: string
  /** Bytes, as last seen. */
  readonly size: number
}
export interface Collected extends BasketTag {
  readonly repository: string
}

export const emptyBasket: Basket = { repositories: [], targets: [] }

export function readBasket(text: string | null): Basket {
  if (text === null) return emptyBasket
  try {
    return basket.parse(JSON.parse(text))
  } catch {
    return emptyBasket
  }
}

export const countTags = ({ repositories }: Basket) => repositories.reduce((sum, { tags }) => sum + tags.length, 0)

export const sizeOf = ({ repositories }: Basket) =>
  repositories.reduce((sum, { tags }) => sum + tags.reduce((own, { size }) => own + size, 0), 0)

export const tagsOf = ({ repositories }: Basket, name: string) =>
  repositories.find((repository) => repository.name === name)?.tags ?? []

/** `left`: how many found no room. Tags that are in it already stay where they are. */
export function addTags(before: Basket, images: readonly Collected[]): { basket: Basket; added: number; left: number } {
  const groups = new Map(
    before.repositories.map(({ name, tags }) => [name, new Map(tags.map((each) => [each.tag, each]))]),
  )
  let room = maxSyncTags - countTags(before)
  let [added, left] = [0, 0]
  for (const { repository, tag: name, size } of images) {
    const known = groups.get(repository)
    if (known?.has(name)) continue
    if (room <= 0 || (!known && groups.size >= mostRepositories)) {
      left += 1
      continue
    }
    const tags = known ?? new Map<string, BasketTag>()
    tags.set(name, { tag: name, size })
    groups.set(repository, tags)
    room -= 1
    added += 1
  }
  const repositories = [...groups].map(([name, tags]) => ({ name, tags: [...tags.values()] }))
  return { basket: { ...before, repositories }, added, left }
}

export function removeTags(before: Basket, repository: string, names: readonly string[]): Basket {
  const gone = new Set(names)
  const repositories = before.repositories.flatMap((each) => {
    if (each.name !== repository) return [each]
    const tags = each.tags.filter(({ tag: name }) => !gone.has(name))
    return tags.length > 0 ? [{ ...each, tags }] : []
  })
  return { ...before, repositories }
}

export const removeRepository = (before: Basket, name: string): Basket => ({
  ...before,
  repositories: before.repositories.filter((repository) => repository.name !== name),
})

/** The organization of all tags, where they have the same. */
export function onlyOrganization({ repositories }: Basket): string | null {
  const names = new Set(repositories.map(({ name }) => name.split('/')[0]))
  const [first] = names
  return names.size === 1 && first ? first : null
}

/** A target with its organization, typed or taken from the tags; empty while it has to be chosen. */
export const filledTarget = (of: Basket, { region, organization }: SyncTarget): SyncTarget => ({
  region,
  organization: organization || (onlyOrganization(of) ?? ''),
})

const keyOf = ({ region, organization }: SyncTarget) => `${region}/${organization}`

/** With a target, unless its tags go there already. */
export function addTarget(before: Basket, target: SyncTarget): Basket {
  const isThere = before.targets.some((each) => keyOf(filledTarget(before, each)) === keyOf(target))
  return isThere ? before : { ...before, targets: [...before.targets, target] }
}

export type TargetIssue = 'required' | 'organization_characters' | 'repeated'

/** What is wrong with each target; null where nothing is. */
export function targetIssues(of: Basket): (TargetIssue | null)[] {
  const seen = new Set<string>()
  return of.targets.map((target) => {
    const filled = filledTarget(of, target)
    if (filled.organization === '') return countTags(of) === 0 ? null : 'required'
    if (!organizationName.test(filled.organization)) return 'organization_characters'
    const isRepeated = seen.has(keyOf(filled))
    seen.add(keyOf(filled))
    return isRepeated ? 'repeated' : null
  })
}

export type PlanInput = ConsoleInput<'syncPlanShow'>['body']

/** The question for the plan; null while there is nothing to plan. */
export function planBody(of: Basket): Omit<PlanInput, 'fresh'> | null {
  const targets = of.targets.map((target) => filledTarget(of, target))
  const isReady = of.repositories.length > 0 && targets.length > 0 && targetIssues(of).every((issue) => issue === null)
  if (!isReady) return null
  const images = of.repositories.map(({ name, tags }) => ({ repository: name, tags: tags.map((each) => each.tag) }))
  return { images, targets }
}

/** Whoever presses again later than this wants another job. */
export const pressMs = 60 * 60_000

interface Image {
  readonly repository: string
  readonly tag: string
  readonly digest: string
}

/** Tells other images, and images that have changed, from the same ones. Not `crypto.subtle`, which browsers have on HTTPS only. */
function shortForm(images: readonly Image[]): string {
  let [one, two] = [0xdeadbeef, 0x41c6ce57]
  for (const { repository, tag: name, digest } of images)
    for (const char of `${repository}:${name}@${digest}\n`) {
      const code = char.codePointAt(0) ?? 0
      one = Math.imul(one ^ code, 2654435761)
      two = Math.imul(two ^ code, 1597334677)
    }
  return [one, two].map((part) => (part >>> 0).toString(16)).join('-')
}

/** With the press that sends these images: the one that it has while it is young and sends the same, otherwise a new one. */
export function pressed(
  before: Basket,
  images: readonly Image[],
  { at, name }: { readonly at: number; readonly name: () => string },
): Basket & { readonly press: Press } {
  const { press } = before
  const sent = shortForm(images)
  const isSame = press !== undefined && press.sent === sent && at >= press.at && at - press.at < pressMs
  return { ...before, press: isSame ? press : { name: name(), at, sent } }
}

type JobBody = ConsoleInput<'syncJobStart'>['body']

/**
 * What stays once a job has begun: tags that it does not hold. Where targets had no organization yet (`heldUp`), its tags stay for
 * those, and the targets that it sends to leave instead, unless there are other tags for them. `settled` needs nothing more there.
 */
export function leftAfter(
  before: Basket,
  { rows, targets }: JobBody,
  { heldUp, settled }: { heldUp: readonly SyncTarget[]; settled: readonly Pick<Image, 'repository' | 'tag'>[] },
): Basket {
  const sent = new Set(rows.map(({ repository, tag: name }) => `${repository}:${name}`))
  const repositories = before.repositories.flatMap(({ name, tags }) => {
    const left = tags.filter((each) => !sent.has(`${name}:${each.tag}`))
    return left.length > 0 ? [{ name, tags: left }] : []
  })
  if (heldUp.length === 0) return { repositories, targets: before.targets }
  const done = new Set(settled.map(({ repository, tag: name }) => `${repository}:${name}`))
  const isNeeded = repositories.some(({ name, tags }) => tags.some((each) => !done.has(`${name}:${each.tag}`)))
  const used = new Set(targets.map(keyOf))
  const isUsed = (target: SyncTarget) => used.has(keyOf(filledTarget(before, target)))
  const stay = isNeeded ? before.targets : before.targets.filter((target) => !isUsed(target))
  return { repositories: before.repositories, targets: stay }
}

/** Takes over what a job of the past has sent. */
export function basketOfJob(
  targets: readonly SyncTarget[],
  cells: readonly Collected[],
): { basket: Basket; left: number } {
  const places = targets.map(({ region, organization }) => ({ region, organization }))
  const { basket: filled, left } = addTags({ repositories: [], targets: places }, cells)
  return { basket: filled, left }
}
