import type { DatedImage } from '../dated-image'
import type { NamespaceImages, RepositoryImages } from '../namespace-images'

/** An image of a registry. */
export interface StoredImage extends DatedImage {
  readonly digest: string
  readonly size: number
}

export const imageSorts = ['repository', 'pushed', 'pulled', 'size'] as const
export type ImageSort = (typeof imageSorts)[number]

/** All images of a namespace in one row, by a number of each; their orders are worked out once. */
export class ImageRow<Image extends StoredImage = StoredImage> {
  readonly count: number
  private readonly repositoryOf: Uint32Array
  private readonly firstOf: Uint32Array
  private readonly orders: Partial<Record<ImageSort, Uint32Array>> = {}

  constructor(readonly namespace: NamespaceImages<Image>) {
    const { repositories } = namespace
    this.count = repositories.reduce((sum, { images }) => sum + images.length, 0)
    this.repositoryOf = new Uint32Array(this.count)
    this.firstOf = new Uint32Array(repositories.length)
    let next = 0
    for (const [at, { images }] of repositories.entries()) {
      this.firstOf[at] = next
      this.repositoryOf.fill(at, next, next + images.length)
      next += images.length
    }
  }

  /** The place of its repository. */
  repositoryAt(number: number): number {
    return this.repositoryOf[number] ?? 0
  }

  /** Its place among the images of its repository. */
  placeAt(number: number): number {
    return number - (this.firstOf[this.repositoryAt(number)] ?? 0)
  }

  /** The number of a repository's first image. */
  firstAt(repository: number): number {
    return this.firstOf[repository] ?? 0
  }

  repository(number: number): RepositoryImages<Image> | undefined {
    return this.namespace.repositories[this.repositoryAt(number)]
  }

  image(number: number): Image | undefined {
    return this.repository(number)?.images[this.placeAt(number)]
  }

  /** Numbers of the images, smallest first; by repository, the newest of each first. */
  order(sort: ImageSort): Uint32Array {
    const known = this.orders[sort]
    if (known) return known
    const made = sort === 'repository' ? this.byRepository() : this.by(sort)
    this.orders[sort] = made
    return made
  }

  private by(sort: 'pushed' | 'pulled' | 'size'): Uint32Array {
    const values = Float64Array.from({ length: this.count }, (_, number) => this.image(number)?.[sort] ?? 0)
    return Uint32Array.from({ length: this.count }, (_, number) => number).sort(
      (a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b,
    )
  }

  private byRepository(): Uint32Array {
    const { repositories } = this.namespace
    const names = [...repositories.keys()].sort((a, b) =>
      (repositories[a]?.name ?? '') < (repositories[b]?.name ?? '') ? -1 : 1,
    )
    const made = new Uint32Array(this.count)
    let next = 0
    for (const repository of names)
      for (const place of repositories[repository]?.orderBy('pushed') ?? []) {
        made[next] = this.firstAt(repository) + place
        next += 1
      }
    return made
  }
}
