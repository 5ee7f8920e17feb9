// Not from `nuqs/server`, as of addresses that pages read: that is a second copy of it in the browser.
import { parseAsInteger, parseAsString, parseAsStringLiteral } from 'nuqs'
import { decisionFilters, mostDaysAhead } from '@/lib/contract/console/retention-vocabulary'
import type { DecisionView } from './use-decisions'

/** The repository that images are narrowed to, in full. */
export const repositoryAddress = parseAsString

/** How a what-if is looked at. What is decided is not in the address: it is saved, or stands in a form. */
export const whatIfAddress = {
  q: parseAsString.withDefault(''),
  days: parseAsInteger.withDefault(0),
  filter: parseAsStringLiteral(decisionFilters).withDefault('all'),
  repository: repositoryAddress,
}

interface Address {
  readonly q: string
  readonly days: number
  readonly filter: DecisionView['filter']
  readonly repository: string | null
}

/** The question that an address asks; without saved rules beside the edited ones nothing is changed. */
export const whatIfView = ({ q, days, filter, repository }: Address, isEdit: boolean) => ({
  daysAhead: Math.min(Math.max(days, 0), mostDaysAhead),
  view: {
    search: q,
    filter: isEdit || filter !== 'changed' ? filter : 'all',
    ...(repository !== null && { repository }),
  } satisfies DecisionView,
})
