import { textField } from '../json-fields'
import { advanceRetentions, startRetention } from '../retention/runs'
import type { Artifact, Instance } from '../world'
import type { Clock } from './clock'
import { nightly } from './retentions'

const secondsPerTask = 3

interface Past {
  readonly namespace: string
  readonly isDryRun: boolean
  readonly trigger: 'manual' | 'scheduled'
  readonly at: Date
}

const byHand = [
  { namespace: 'library', isDryRun: true, hour: 13, days: 6 },
  { namespace: 'payments', isDryRun: true, hour: 9, days: 2 },
  { namespace: 'mobile', isDryRun: true, hour: 14, days: 1 },
  { namespace: 'mobile', isDryRun: false, hour: 15, days: 1 },
] as const

/** Since they were made, so many nights ago; their first runs have deleted the most. */
const byNight = [
  { namespace: 'catalog', nights: 6 },
  { namespace: 'observability', nights: 4 },
] as const

function pastRuns(clock: Clock): Past[] {
  const manual = byHand.map(
    ({ hour, days, ...run }): Past => ({
      ...run,
      trigger: 'manual',
      at: clock.at(hour, 17, days),
    }),
  )
  const scheduled = byNight.flatMap(({ namespace, nights }) =>
    Array.from(
      { length: nights },
      (_, night): Past => ({
        namespace,
        isDryRun: false,
        trigger: 'scheduled',
        at: clock.at(nightly.hour, nightly.minute, night),
      }),
    ),
  )
  return [...manual, ...scheduled].toSorted((a, b) => a.at.getTime() - b.at.getTime())
}

/** Lets a run happen as of its time, when later images were not there. */
function happen(instance: Instance, { namespace: name, at, ...beginning }: Past, clock: Clock) {
  const policy = instance.retentions.find((row) => textField(row, 'namespace_name') === name)
  const repositories = instance.namespaces.find((each) => each.name === name)?.repositories ?? []
  const isLater = ({ pushed }: Artifact) => Date.parse(pushed) > at.getTime()
  const later = repositories.map(({ artifacts }) => artifacts.filter(isLater))
  for (const repository of repositories) repository.artifacts = repository.artifacts.filter((each) => !isLater(each))
  startRetention(instance, policy, { ...beginning, at, waits: 1000 })
  advanceRetentions(instance, clock.start.getTime(), secondsPerTask)
  for (const [index, repository] of repositories.entries()) {
    const since = later[index] ?? []
    repository.artifacts = [...repository.artifacts, ...since]
    repository.updated = since.at(-1)?.pushed ?? repository.updated
  }
}

/**
 * Runs that really took place in this world: the real ones have deleted what they list. After them each namespace looks as
 * its schedule, if it has one, has left it.
 */
export function addRetentionHistory(instance: Instance, clock: Clock) {
  for (const run of pastRuns(clock)) happen(instance, run, clock)
}
