import { removeImages } from '../stock'
import { microTime } from '../time'
import type { Artifact, Instance, Repository } from '../world'
import { keptOf } from './engine'
import { retentionFault } from './faults'
import { askedAs, immutableRulesOf, isImmutable } from './immutable'
import type { RetentionEntry, RetentionRun, RetentionTask } from './run'
import { EngineError } from './selectors'

/* What a task finds in its repository, and what it does there. */

const latest = (times: readonly string[]) => Math.max(...times.map((time) => Date.parse(time)))

/** Newest first, as the engine gets them; of one time the highest id. */
const listed = ({ artifacts }: Repository) =>
  artifacts
    .map((artifact) => ({
      artifact,
      tags: artifact.tags.map(({ name }) => name),
      pushed: latest([artifact.pushed, ...artifact.tags.map((tag) => tag.pushed)]),
      pulled: latest([artifact.pulled, ...artifact.tags.map((tag) => tag.pulled)]),
      own: Date.parse(artifact.pushed),
    }))
    .toSorted((a, b) => b.own - a.own || b.artifact.id - a.artifact.id)

/** Reads the repository as it is now. `at`: milliseconds since the epoch. @throws EngineError when the task fails. */
export function entriesOf(
  instance: Instance,
  { namespace, algorithm, rules }: Pick<RetentionRun, 'namespace' | 'algorithm'> & Pick<RetentionTask, 'rules'>,
  repository: Repository,
  at: number,
): RetentionEntry[] {
  if (algorithm !== 'or') throw new EngineError(`algorithm ${algorithm} is not supported`)
  const candidates = listed(repository)
  const kept = keptOf(rules, candidates, at, instance.retentionMood.patternErrors)
  const immutable = immutableRulesOf(instance, namespace)
  const name = askedAs(repository.name, instance.retentionMood.immutableMatching)
  return candidates.map((candidate): RetentionEntry => {
    const { artifact, tags } = candidate
    const action = kept.has(candidate) ? 'RETAIN' : isImmutable(immutable, name, tags) ? 'IMMUTABLE' : 'DEL'
    return { digest: artifact.digest, tags, action, statusText: '' }
  })
}

const refusal = (repository: string, tag: string) =>
  `http status code: 412, body: {"errors":[{"code":"PRECONDITION","message":"Failed to process request due to '${repository}:${tag}' configured as immutable."}]}`

/** Why an image cannot be deleted, or null: the call that deletes knows every rule by its right name. */
export function refusedDelete(
  instance: Instance,
  namespace: string,
  repository: string,
  tags: readonly Artifact['tags'][number][],
): string | null {
  const rules = immutableRulesOf(instance, namespace)
  const held = tags.find(({ name }) => isImmutable(rules, repository, [name]))
  if (held) return refusal(repository, held.name)
  const denied = tags.find(({ name }) => retentionFault(name) === 'fault-protected')
  return denied ? `http status code: 403, body: {"errors":[{"code":"DENIED","message":"${denied.name}"}]}` : null
}

/** Deletes what the entries say; those that cannot be deleted come back marked. */
export function carryOut(
  instance: Instance,
  namespace: string,
  repository: Repository,
  entries: readonly RetentionEntry[],
  at: number,
): RetentionEntry[] {
  const there = new Map(repository.artifacts.map((artifact) => [artifact.digest, artifact]))
  const done = entries.map((entry): RetentionEntry => {
    const artifact = entry.action === 'DEL' ? there.get(entry.digest) : undefined
    const refused = artifact ? refusedDelete(instance, namespace, repository.name, artifact.tags) : null
    return refused === null ? entry : { ...entry, action: 'ERR', statusText: refused }
  })
  const doomed = new Set(done.filter(({ action }) => action === 'DEL').map(({ digest }) => digest))
  removeImages(instance, repository, doomed, microTime(new Date(at)))
  return done
}
