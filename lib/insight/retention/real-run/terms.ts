import 'server-only'
import type { RetentionTerms } from '../../../contract/console/retention-terms'
import type { ChangedTerm } from '../../../contract/console/retention-vocabulary'
import { ProblemError } from '../../../contract/problem'
import { isSame } from '../../../contract/rules'
import { shortHash } from '../../../short-hash'
import type { Gate } from './gate'

/* What a person is told before images go for good, and the server compares when they agree (docs/decisions/0035). */

/** Says which doomed images run where, and whose list is too old: a dialog names only some of them. */
function useHash({ use, running }: Pick<Gate, 'use' | 'running'>): string {
  const images = running.map(({ repository, digest, clusters }) => JSON.stringify([repository, digest, clusters]))
  const said = JSON.stringify([images.toSorted(), use.old.toSorted()])
  return shortHash(said)
}

export const termsOf = (gate: Gate): RetentionTerms => ({
  archive: gate.archive && {
    registry: gate.archive.registry,
    namespace: gate.archive.namespace,
    days: gate.archive.days,
  },
  images: gate.planned.images,
  tags: gate.planned.tags,
  aboveCeiling: gate.aboveCeiling,
  inUse: useHash(gate),
})

const codes = {
  dryRun: 'terms_dry_run',
  archive: 'terms_archive',
  images: 'terms_amount',
  tags: 'terms_amount',
  aboveCeiling: 'terms_ceiling',
  inUse: 'terms_in_use',
} as const satisfies Record<string, ChangedTerm>

/** Names what is not any more what somebody has agreed to. `path` leads to where the request says it. */
export const termsChanged = (path: string, changed: readonly (keyof typeof codes)[]) =>
  new ProblemError({
    status: 409,
    code: 'retention_terms_changed',
    fields: Object.fromEntries(changed.map((name) => [path === name ? name : `${path}.${name}`, codes[name]])),
  })

const names = ['archive', 'images', 'tags', 'aboveCeiling', 'inUse'] as const satisfies (keyof RetentionTerms)[]

/** Throws `retention_terms_changed` unless all is as it was agreed to. */
export function requireTerms(gate: Gate, agreed: RetentionTerms): void {
  const now = termsOf(gate)
  const changed = names.filter((name) => !isSame(agreed[name], now[name]))
  if (changed.length > 0) throw termsChanged('body.agreed', changed)
}
