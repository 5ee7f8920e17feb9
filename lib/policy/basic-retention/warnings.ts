import type { RetentionWarning } from '../../contract/console/retention-vocabulary'

/* What stands out in what a rule deletes from one repository. */

/** Names that people expect to be there and that move from image to image. */
const movingNames = /^(?:latest|stable|main|master|trunk|edge|current|release|prod|production|nightly|dev|develop)$/i

export interface WarnedTag {
  readonly tag: string
  /** Milliseconds; null where SWR says none. */
  readonly updated: number | null
  /** Goes, or may go. */
  readonly goes: boolean
  readonly inUse: boolean
}

const mostExamples = 5

interface Warning {
  readonly code: RetentionWarning
  readonly count: number
  readonly examples: string[]
}

export function basicWarnings(repository: string, tags: readonly WarnedTag[]): Warning[] {
  const going = tags.filter(({ goes }) => goes)
  const about = (code: RetentionWarning, some: readonly WarnedTag[]): Warning[] =>
    some.length === 0
      ? []
      : [{ code, count: some.length, examples: some.slice(0, mostExamples).map(({ tag }) => `${repository}:${tag}`) }]
  const newest = tags.reduce<WarnedTag | undefined>(
    (best, each) => ((each.updated ?? 0) > (best?.updated ?? 0) ? each : best),
    undefined,
  )
  const whole: Warning[] = [{ code: 'whole_repository', count: 1, examples: [repository] }]
  const half: Warning[] = [{ code: 'half', count: 1, examples: [repository] }]
  return [
    ...about(
      'in_use',
      going.filter(({ inUse }) => inUse),
    ),
    ...(going.length > 0 && going.length === tags.length ? whole : []),
    ...(going.length * 2 > tags.length && going.length < tags.length ? half : []),
    ...about('newest', newest?.goes ? [newest] : []),
    ...about(
      'moving_tag',
      going.filter(({ tag }) => movingNames.test(tag)),
    ),
  ]
}
