/** Names that are moved from image to image, and by which people and clusters pull. */
const moving =
  /^(?:latest|current|stable|edge|nightly|main|master|trunk|dev|develop|development|test|staging|stage|prod|production|live|release|lts)$|[-.](?:latest|stable)$/i

/** Whether a tag is `latest` or another name that moves. */
export const isMoving = (tag: string): boolean => moving.test(tag)
