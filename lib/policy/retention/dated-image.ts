/** One image of a repository. Times are milliseconds since the epoch, 0 for never; the latest of its own and its tags'. */
export interface DatedImage {
  readonly pushed: number
  readonly pulled: number
  readonly tags: readonly string[]
}
