const shortDigest = 19

/** By what an image is known on a screen: its first tag, or the beginning of its digest. */
export const imageName = ({
  repository,
  tags,
  digest,
}: {
  readonly repository: string
  readonly tags: readonly string[]
  readonly digest: string
}) => (tags[0] === undefined ? `${repository}@${digest.slice(0, shortDigest)}` : `${repository}:${tags[0]}`)
