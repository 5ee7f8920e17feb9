import type { RetentionLimits } from '../../contract/console/retention-settings'

/* What one admin alone may have deleted. Null is no limit. */

export type Ceiling = Pick<RetentionLimits, 'ceilingTags' | 'ceilingShare'>

const lower = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.min(a, b))

/** The part of what is wanted that takes nothing away from the present ceiling: it needs nobody's confirmation. */
export const stricterCeiling = (now: Ceiling, wanted: Ceiling): Ceiling => ({
  ceilingTags: lower(now.ceilingTags, wanted.ceilingTags),
  ceilingShare: lower(now.ceilingShare, wanted.ceilingShare),
})

export const isSameCeiling = (a: Ceiling, b: Ceiling): boolean =>
  a.ceilingTags === b.ceilingTags && a.ceilingShare === b.ceilingShare

/** Whether one admin could have more deleted by what is wanted than by the present ceiling. */
export const isLooserCeiling = (now: Ceiling, wanted: Ceiling): boolean =>
  !isSameCeiling(stricterCeiling(now, wanted), wanted)
