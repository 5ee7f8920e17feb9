import * as z from 'zod/mini'
import type { RetentionLimits } from '../../contract/console/retention-settings'
import type { Question } from '../diff/merge3'
import { namespaceField } from '../fields'
import type { FieldCode } from '../validation-codes'
import type { Ceiling } from './ceiling'

/* Limits of retention as a form has them: texts, shares in percent. */

const fields = z.object({
  dryRunHours: z.string().check(z.trim()),
  outdatedPercent: z.string().check(z.trim()),
  /** Empty: no limit. */
  ceilingTags: z.string().check(z.trim()),
  ceilingPercent: z.string().check(z.trim()),
  inUseHours: z.string().check(z.trim()),
  /** Id of the archive's registry; empty: no archive. */
  registry: z.string(),
  namespace: z.string().check(z.trim()),
  days: z.string().check(z.trim()),
})
export type LimitsDraft = z.input<typeof fields>
export type LimitsValues = z.output<typeof fields>

/** Smallest and largest of each number, and whether parts of one make sense. */
export const limitBounds = {
  dryRunHours: { least: 0.1, most: 720, whole: false },
  outdatedPercent: { least: 0, most: 100, whole: false },
  ceilingTags: { least: 0, most: 1_000_000, whole: true },
  ceilingPercent: { least: 0, most: 100, whole: false },
  inUseHours: { least: 0.1, most: 8760, whole: false },
  days: { least: 1, most: 3650, whole: true },
} as const
type NumberField = keyof typeof limitBounds

const optional: readonly NumberField[] = ['ceilingTags', 'ceilingPercent']

function numberFlaw(field: NumberField, text: string): FieldCode | null {
  if (text === '') return optional.includes(field) ? null : 'required'
  const { least, most, whole } = limitBounds[field]
  if (!/^\d{1,9}([.]\d{1,4})?$/.test(text)) return 'number_range'
  const value = Number(text)
  if (whole && !Number.isInteger(value)) return 'amount_whole'
  return value < least || value > most ? 'number_range' : null
}

function* flaws(values: LimitsValues): Generator<[keyof LimitsValues, FieldCode | null]> {
  for (const field of ['dryRunHours', 'outdatedPercent', 'ceilingTags', 'ceilingPercent', 'inUseHours'] as const)
    yield [field, numberFlaw(field, values[field])]
  if (values.registry === '') return
  yield ['namespace', values.namespace === '' ? 'required' : namespaceField(values.namespace)]
  yield ['days', numberFlaw('days', values.days)]
}

export const limitsForm = fields.check(({ value, issues }) => {
  for (const [field, code] of flaws(value)) {
    if (code) issues.push({ code: 'custom', path: [field], message: code, input: value[field] })
  }
})

/** What the fields of the ceiling say; null while they cannot be read. */
export function ceilingOf({ ceilingTags, ceilingPercent }: LimitsDraft): Ceiling | null {
  const [tags, percent] = [ceilingTags.trim(), ceilingPercent.trim()]
  if (numberFlaw('ceilingTags', tags) || numberFlaw('ceilingPercent', percent)) return null
  return {
    ceilingTags: tags === '' ? null : Number(tags),
    ceilingShare: percent === '' ? null : shareOf(percent),
  }
}

/** What is compared, and decided, after somebody else has changed the limits. */
export const limitsQuestions = [
  { name: 'dryRunHours', fields: ['dryRunHours'] },
  { name: 'outdatedPercent', fields: ['outdatedPercent'] },
  { name: 'ceilingTags', fields: ['ceilingTags'] },
  { name: 'ceilingPercent', fields: ['ceilingPercent'] },
  { name: 'inUseHours', fields: ['inUseHours'] },
  { name: 'archive', fields: ['registry', 'namespace', 'days'] },
] as const satisfies readonly Question<LimitsDraft>[]
export type LimitsQuestion = (typeof limitsQuestions)[number]

/** Without the noise of binary fractions: 0.07 is 7 %. */
const percentOf = (share: number) => String(Math.round(share * 1e6) / 1e4)
const shareOf = (percent: string) => Math.round(Number(percent) * 1e4) / 1e6

const defaultDays = 30

export function toDraft(limits: RetentionLimits): LimitsDraft {
  const { archive, ceilingTags, ceilingShare } = limits
  return {
    dryRunHours: String(limits.dryRunHours),
    outdatedPercent: percentOf(limits.outdatedShare),
    ceilingTags: ceilingTags === null ? '' : String(ceilingTags),
    ceilingPercent: ceilingShare === null ? '' : percentOf(ceilingShare),
    inUseHours: String(limits.inUseHours),
    registry: archive === null ? '' : String(archive.registry),
    namespace: archive?.namespace ?? '',
    days: String(archive?.days ?? defaultDays),
  }
}

export function toLimits(values: LimitsValues): RetentionLimits {
  return {
    dryRunHours: Number(values.dryRunHours),
    outdatedShare: shareOf(values.outdatedPercent),
    ceilingTags: values.ceilingTags === '' ? null : Number(values.ceilingTags),
    ceilingShare: values.ceilingPercent === '' ? null : shareOf(values.ceilingPercent),
    inUseHours: Number(values.inUseHours),
    archive:
      values.registry === ''
        ? null
        : { registry: Number(values.registry), namespace: values.namespace, days: Number(values.days) },
  }
}
