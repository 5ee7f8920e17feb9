import 'server-only'
import type { PartialRunItem } from '../../../contract/console/partial-runs'
import type { Replication } from '../../../contract/swr/replication'
import { isPlainRepository } from '../../../policy/pattern/repository-list'
import { isPlainTag } from '../../../policy/replication/partial'

/* Images of a run as parts of a policy that is in SWR only as temporary ones. */

/** What one temporary policy names: SWR keeps all of a policy in little room (docs/swr-api.md section 12). */
const mostTags = 100
const mostSigns = 400

interface Tagged {
  readonly repository: string
  readonly tags: readonly string[]
}

/** Whether a policy can name it so that nothing else is meant. */
export const canBeNamed = ({ repository, tags }: Tagged): boolean =>
  tags.length > 0 && isPlainRepository(repository) && tags.every(isPlainTag)

function chunks(tags: readonly string[]): string[][] {
  const all: string[][] = []
  let signs = 0
  for (const tag of tags) {
    const last = all.at(-1)
    signs += tag.length + 1
    if (last && last.length < mostTags && signs <= mostSigns) last.push(tag)
    else {
      all.push([tag])
      signs = tag.length + 1
    }
  }
  return all
}

/** Parts that name these tags, repository by repository. */
export function partsOf(images: readonly Tagged[]): PartialRunItem[] {
  const tags = new Map<string, string[]>()
  for (const image of images) {
    const known = tags.get(image.repository) ?? []
    known.push(...image.tags)
    tags.set(image.repository, known)
  }
  return [...tags].flatMap(([repository, all]) =>
    chunks(all).map((some) => ({
      repository,
      tags: some,
      policy: null,
      execution: null,
      state: 'waiting' as const,
      text: '',
      results: [],
      removed: false,
    })),
  )
}

/** The policy that the parts repeat. It exists only here: a manual trigger, and filters that each part narrows. */
export const parentOf = (
  way: 'push' | 'pull',
  registry: number,
  { name, namespace, override }: { readonly name: string; readonly namespace: string; readonly override: boolean },
): Replication => ({
  name,
  src_registry: { id: way === 'pull' ? registry : 0 },
  dest_registry: { id: way === 'push' ? registry : 0 },
  dest_namespace: namespace,
  filters: [{ type: 'name', value: '**' }],
  trigger: { type: 'manual' },
  override,
  enabled: true,
  content_hash: '',
})

/** Why a tag was not copied, in SWR's words; null: it was. */
export function failuresIn(parts: readonly PartialRunItem[]): (repository: string, tag: string) => string | null {
  const told = new Map<string, string | null>()
  for (const { repository, tags, state, text, results } of parts) {
    const phases = new Map(results.map((result) => [result.tag, result]))
    for (const tag of tags) {
      const result = phases.get(tag)
      // SWR may have forgotten the tags of a run that went well.
      const went = result ? result.phase === 'succeeded' : state === 'succeeded'
      told.set(`${repository}:${tag}`, went ? null : result?.text || text || state)
    }
  }
  return (repository, tag) => {
    const failure = told.get(`${repository}:${tag}`)
    return failure === undefined ? 'unclear' : failure
  }
}
