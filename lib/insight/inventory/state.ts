import 'server-only'
import type { Problem } from '../../contract/problem'
import type { Artifact, ArtifactWithLocation, Repository } from '../../contract/swr/repository'

/** One image of a repository; layers are shared, so its size is an upper limit. */
export interface InventoryImage {
  readonly digest: string
  readonly size: number
  /** Milliseconds since the epoch, of the image or the latest of its tags; 0 when it is not known. */
  readonly pushed: number
  /** The same; 0 for never as well. */
  readonly pulled: number
  readonly tags: readonly string[]
  /** As SWR has it: `IMAGE`, `CHART`, or a word that nobody here knows. */
  readonly type?: string | undefined
}

export interface InventoryRepository {
  /** In full, `payments/team/api`. */
  readonly name: string
  readonly images: readonly InventoryImage[]
}

/** What was listed of an instance, finished or not. */
export interface Inventory {
  readonly at: Date
  readonly repositories: readonly InventoryRepository[]
  readonly tags: number
  /** Everything that there is was seen. */
  readonly complete: boolean
  /** The instance holds more than the console lists. */
  readonly capped: boolean
  /** What stopped it half-way. */
  readonly problem: Problem | null
}

/** Years before 1970 mean "never" (docs/swr-api.md section 3). */
export function timestampOf(text: string | undefined): number {
  const time = Date.parse(text ?? '')
  return time > 0 ? time : 0
}

const latest = (...texts: (string | undefined)[]) => Math.max(...texts.map(timestampOf))

interface Growth {
  readonly name: string
  readonly images: InventoryImage[]
}

/** A listing while it grows. Names of tags are kept once: most repositories have the same. */
export class PartialInventory {
  private readonly all = new Map<string, Growth>()
  private readonly byId = new Map<number, Growth>()
  /** By the id of their namespace and their name in it, should an image not say the id of its repository. */
  private readonly byName = new Map<string, Growth>()
  private readonly words = new Map<string, string>()
  /** Pages shift when something is pushed meanwhile. */
  private readonly seen = new Set<string>()
  private sorted: readonly InventoryRepository[] | null = null
  tags = 0
  private images = 0
  complete = false
  capped = false
  problem: Problem | null = null

  constructor(readonly at: Date) {}

  get repositories(): readonly InventoryRepository[] {
    this.sorted ??= [...this.all.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
    return this.sorted
  }

  /** What it takes to hold it: images without a tag count, too. */
  get weight(): number {
    return Math.max(this.tags, this.images)
  }

  addRepository({ id, name, namespace_name: namespace, namespace_id }: Repository) {
    const full = `${namespace}/${name}`
    if (!name || !namespace || this.all.has(full)) return
    const repository = { name: full, images: [] }
    this.all.set(full, repository)
    if (id !== undefined) this.byId.set(id, repository)
    if (namespace_id !== undefined) this.byName.set(`${namespace_id}/${name}`, repository)
    this.sorted = null
  }

  /** False when it was there. One that was made after the repositories were listed is left for the next time. */
  addImage(image: ArtifactWithLocation): boolean {
    const { repository_id, namespace_id, repository_name } = image
    return this.add(this.byId.get(repository_id ?? -1) ?? this.byName.get(`${namespace_id}/${repository_name}`), image)
  }

  /** The same for one that was listed with its repository, whose name is in full. */
  addImageOf(name: string, image: Artifact): boolean {
    return this.add(this.all.get(name), image)
  }

  private add(repository: Growth | undefined, image: Artifact): boolean {
    const { digest = '', size = 0, tags, type } = image
    const once = `${repository?.name} ${digest || image.id}`
    if (!repository || this.seen.has(once)) return false
    if (digest || image.id !== undefined) this.seen.add(once)
    const names = tags.flatMap(({ name }) => (name ? [this.word(name)] : []))
    const pushed = latest(image.push_time, ...tags.map((tag) => tag.push_time))
    const pulled = latest(image.pull_time, ...tags.map((tag) => tag.pull_time))
    repository.images.push({ digest, size, pushed, pulled, tags: names, type: type && this.word(type) })
    this.images += 1
    this.tags += names.length
    return true
  }

  /** Nothing comes any more. */
  end() {
    this.seen.clear()
    this.words.clear()
  }

  private word(name: string): string {
    const known = this.words.get(name)
    if (known === undefined) this.words.set(name, name)
    return known ?? name
  }
}
