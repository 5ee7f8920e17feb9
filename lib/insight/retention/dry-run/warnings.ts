import 'server-only'
import type { DecisionWarning } from '../../../contract/console/retention-decisions'
import type { Retention } from '../../../contract/swr/retention'
import type { NewImage } from '../../../db/retention-images'
import { type LossSource, warningsIn } from '../../../policy/retention/view/warnings'
import { mayGoBy } from '../real-run/doomed'

/** Images of one repository; without a time they count as the oldest. */
function lossesOf([name, rows]: readonly [string, readonly NewImage[]]): LossSource {
  const images = rows.map(({ digest, tags, pulled }) => ({ digest, tags, pulled: pulled?.getTime() ?? 0 }))
  const pushedAt = (place: number) => rows[place]?.pushed?.getTime() ?? 0
  return {
    name,
    images,
    mayGo: (place) => {
      const row = rows[place]
      return row !== undefined && mayGoBy(row)
    },
    // What runs somewhere is asked anew whenever a run is asked for.
    runs: () => false,
    newest: () => [...rows.keys()].reduce((newest, place) => (pushedAt(place) > pushedAt(newest) ? place : newest), 0),
  }
}

/** What stands out in what a finished dry run says would go. */
export function warningsOfDryRun(rules: Retention['rules'], images: readonly NewImage[]): DecisionWarning[] {
  const repositories = new Map<string, NewImage[]>()
  for (const image of images) {
    const rows = repositories.get(image.repository)
    if (rows) rows.push(image)
    else repositories.set(image.repository, [image])
  }
  return warningsIn(rules, [...repositories].map(lossesOf))
}
