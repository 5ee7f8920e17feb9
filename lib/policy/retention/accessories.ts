/** What signatures and the like are told by. */
interface Listed {
  readonly digest: string
  readonly size: number
  readonly tags: readonly string[]
  readonly type?: string | undefined
}

/** The tag under which cosign puts what belongs to the image with that digest. */
const accessoryTag = /^sha256-([0-9a-f]{64})\.(?:sig|att|sbom)$/
/** Harbor's kinds of accessories. */
const accessoryType = /^(?:signature\.|sbom\.|accelerator\.|subject\.accessory$)/

const subjectOf = (tag: string) => {
  const hex = tag.startsWith('sha256-') ? accessoryTag.exec(tag)?.[1] : undefined
  return hex === undefined ? undefined : `sha256:${hex}`
}

/** The image of the same repository to which it belongs; null: to one that nobody can name. Undefined for an image of its own. */
function belongsTo({ tags, type }: Listed, digests: ReadonlySet<string>): string | null | undefined {
  const subjects = tags.map(subjectOf)
  const [first] = subjects
  if (first !== undefined && subjects.every((subject) => subject === first) && digests.has(first)) return first
  return type !== undefined && accessoryType.test(type) ? null : undefined
}

/**
 * The images of a repository that a run decides on. Signatures, SBOMs and the like go with their image, are no candidates,
 * and their bytes are counted with it (docs/retention-engine.md "Artifacts").
 */
export function candidatesOf<Image extends Listed>(images: readonly Image[]): readonly Image[] {
  const digests = new Set(images.map(({ digest }) => digest))
  const bytes = new Map<string, number>()
  const left = images.filter((image) => {
    const subject = belongsTo(image, digests)
    if (subject) bytes.set(subject, (bytes.get(subject) ?? 0) + image.size)
    return subject === undefined
  })
  if (left.length === images.length) return images
  return left.map((image) => ({ ...image, size: image.size + (bytes.get(image.digest) ?? 0) }))
}
