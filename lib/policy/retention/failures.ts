import type { RetentionFailure } from '../../contract/console/retention-executions'
import type { RetentionAct } from '../../contract/console/retention-vocabulary'
import { failureCause, groupingKey } from '../runs/failure-cause'

/** Names of repositories that an answer carries; the others are counted. */
const maxNamed = 20

/** Images of a repository that failed with the same words, or all of it. */
export interface FailedPart {
  readonly act: RetentionAct
  readonly text: string
  /** 0: the repository failed as a whole. */
  readonly images: number
  /** In full. */
  readonly repository: string
  /** Of one of the images, whose name may be part of the words; empty where it has none. */
  readonly tag: string
}

interface Group extends Omit<RetentionFailure, 'repositories' | 'repositoryCount'> {
  images: number
  readonly names: Set<string>
}

/** Folds what failed into causes. Words that differ by names, times and ports alone count as one. */
export class FailureGroups {
  private readonly groups = new Map<string, Group>()

  add({ act, text, images, repository, tag }: FailedPart): void {
    const key = `${act} ${images > 0} ${groupingKey(text, repository, tag)}`
    const group = this.groups.get(key) ?? {
      act,
      cause: act === 'delete' ? 'other' : failureCause(text, { repository, tag }),
      text,
      images: 0,
      names: new Set(),
    }
    this.groups.set(key, group)
    group.images += images
    group.names.add(repository)
  }

  /** The most frequent first. */
  get found(): RetentionFailure[] {
    return [...this.groups.values()]
      .map(({ names, ...failure }) => ({
        ...failure,
        repositories: [...names].sort().slice(0, maxNamed),
        repositoryCount: names.size,
      }))
      .sort((a, b) => b.images - a.images || b.repositoryCount - a.repositoryCount)
  }
}
