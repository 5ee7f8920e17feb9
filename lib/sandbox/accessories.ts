import type { Accessory, Artifact } from './world'

/*
 * Harbor links what cosign pushes as a signature to its image: it is not listed beside it then, and goes with it. Attestations and
 * SBOMs, which cosign pushes with tags of the same kind, it does not link: these are images like any other.
 */

const signatureTag = /^sha256-([0-9a-f]{64})\.sig$/

/** Digests of the images that its tags say it signs. */
const signedBy = ({ tags }: Artifact): string[] =>
  tags.flatMap(({ name }) => {
    const hex = signatureTag.exec(name)?.[1]
    return hex === undefined ? [] : [`sha256:${hex}`]
  })

const toAccessory = ({ id, digest, size, pushed }: Artifact): Accessory => ({
  id,
  artifact: id,
  digest,
  size,
  created: pushed,
})

/** Links an image to the one that it signs, where that is there; a signature that was pushed before its image stays an image. */
function link(artifacts: readonly Artifact[], signature: Artifact): readonly Artifact[] {
  const subjects = signedBy(signature)
  const subject = artifacts.find((artifact) => artifact !== signature && subjects.includes(artifact.digest))
  if (!subject) return artifacts
  const known = (subject.accessories ?? []).filter(({ digest }) => digest !== signature.digest)
  const signed = { ...subject, accessories: [...known, toAccessory(signature), ...(signature.accessories ?? [])] }
  return artifacts.flatMap((each) => (each === signature ? [] : each === subject ? [signed] : [each]))
}

/** Links the image with this digest, which has just come, or got a tag. */
export function linkSignature(artifacts: readonly Artifact[], digest: string): readonly Artifact[] {
  const come = artifacts.find((artifact) => artifact.digest === digest)
  return come ? link(artifacts, come) : artifacts
}

/** Links each signature of images that came together. */
export const linkSignatures = (artifacts: readonly Artifact[]): readonly Artifact[] =>
  artifacts.reduce((all, { digest }) => linkSignature(all, digest), artifacts)
