import 'server-only'
import { LRUCache } from 'lru-cache'
import type { Retention } from '../../contract/swr/retention'
import { inUseVersion } from '../../db/in-use'
import type { Db } from '../../db/schema'
import { globalSlot } from '../../global-slot'
import { candidatesOf } from '../../policy/retention/accessories'
import { decideNamespaceImages, type NamespaceDecisions } from '../../policy/retention/decide'
import type { ImmutableRules } from '../../policy/retention/immutable'
import { NamespaceImages } from '../../policy/retention/namespace-images'
import { ImageRow } from '../../policy/retention/view/images'
import type { InstanceLocation } from '../../routes'
import { inUseOf } from '../in-use/in-use'
import type { InventoryImage, InventoryRepository } from '../inventory/state'
import { slicesWithoutEnd } from '../time-slice'

type Rules = Pick<Retention, 'algorithm' | 'rules'>

const mostDecisions = 6

/** Images of a namespace, and what was decided of them lately: while a number is changed all else stays. */
export class PreparedNamespace {
  readonly images: NamespaceImages<InventoryImage>
  readonly row: ImageRow<InventoryImage>
  private readonly decided = new LRUCache<string, NamespaceDecisions<InventoryImage>>({ max: mostDecisions })

  private use: { version: string; answer: Promise<ReadonlyMap<number, readonly string[]>> } | undefined

  constructor(
    readonly namespace: string,
    repositories: readonly InventoryRepository[],
  ) {
    this.images = new NamespaceImages(
      repositories.map(({ name, images }) => ({
        name: name.slice(namespace.length + 1),
        images: candidatesOf(images),
      })),
    )
    this.row = new ImageRow(this.images)
  }

  /** Clusters in which images run, by their numbers: worked out anew when a cluster has sent another list. */
  async inUse(db: Db, connection: string): Promise<ReadonlyMap<number, readonly string[]>> {
    const version = await inUseVersion(db)
    if (this.use?.version === version) return await this.use.answer
    const use = { version, answer: this.askInUse(db, connection) }
    this.use = use
    use.answer.catch(() => {
      if (this.use === use) this.use = undefined
    })
    return await use.answer
  }

  private async askInUse(db: Db, connection: string) {
    const images = Array.from({ length: this.row.count }, (_, number) => {
      const { digest = '', tags = [] } = this.row.image(number) ?? {}
      return { repository: `${this.namespace}/${this.row.repository(number)?.name}`, digest, tags }
    })
    const { byImage } = await inUseOf(db, connection, images)
    return new Map([...byImage.entries()].filter(([, clusters]) => clusters.length > 0))
  }

  async decide(rules: Rules, immutable: ImmutableRules, now: Date): Promise<NamespaceDecisions<InventoryImage>> {
    const key = JSON.stringify([rules.algorithm, rules.rules, immutable.key, now.getTime()])
    const known = this.decided.get(key)
    if (known) return known
    const made = await slicesWithoutEnd().finish(decideNamespaceImages(rules, this.images, immutable, now))
    this.decided.set(key, made)
    return made
  }
}

interface Entry {
  readonly prepared: PreparedNamespace
  /** A listing that grows is another one as soon as it has more images. */
  readonly source: readonly InventoryRepository[]
  readonly count: number
}

const max = { namespaces: 24, images: 600_000 }

const entries = globalSlot(
  'retention-images',
  () =>
    new LRUCache<string, Entry>({
      max: max.namespaces,
      maxSize: max.images,
      sizeCalculation: ({ count }) => count + 1,
    }),
)

const ofNamespace = (repositories: readonly InventoryRepository[], namespace: string) =>
  repositories.filter(({ name }) => name.startsWith(`${namespace}/`))

/** What a listing holds of a namespace, made ready once for all who decide on it. */
export function preparedNamespace(
  { connection, instance }: InstanceLocation,
  namespace: string,
  source: readonly InventoryRepository[],
): PreparedNamespace {
  const key = `${connection}/${instance}/${namespace}`
  const own = ofNamespace(source, namespace)
  const count = own.reduce((sum, { images }) => sum + images.length, 0)
  const known = entries().get(key)
  if (known?.source === source && known.count === count) return known.prepared
  // One that grows goes on growing after its images were counted: these are all that there are for now.
  const prepared = new PreparedNamespace(
    namespace,
    own.map(({ name, images }) => ({ name, images: [...images] })),
  )
  entries().set(key, { prepared, source, count })
  return prepared
}
