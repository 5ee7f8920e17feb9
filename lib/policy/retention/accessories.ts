/** Harbor's kinds of accessories. */
const accessoryType = /^(?:signature\.|sbom\.|accelerator\.|subject\.accessory$)/

interface Listed {
  readonly tags: readonly string[]
  readonly type?: string | undefined
}

/**
 * The images of a repository that a run decides on. SWR does not list what it has linked to an image, such as signatures: these
 * go with it, and are no candidates. What is listed with a tag is one, whatever the tag is called: the engine links cosign's
 * signatures alone, and counts attestations and SBOMs that cosign pushes like any image (docs/decisions/0034).
 */
export function candidatesOf<Image extends Listed>(images: readonly Image[]): readonly Image[] {
  const left = images.filter(({ tags, type }) => tags.length > 0 || type === undefined || !accessoryType.test(type))
  return left.length === images.length ? images : left
}
