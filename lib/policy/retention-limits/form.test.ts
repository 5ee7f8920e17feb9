import { expect, test } from 'vitest'
import {
  defaultRetentionLimits,
  type RetentionLimits,
  retentionLimits,
} from '../../contract/console/retention-settings'
import { ceilingOf, type LimitsDraft, limitsForm, toDraft, toLimits } from './form'

const complaints = (change: Partial<LimitsDraft>) =>
  Object.fromEntries(
    limitsForm
      .safeParse({ ...toDraft(defaultRetentionLimits), ...change })
      .error?.issues.map(({ path, message }) => [path[0], message]) ?? [],
  )

test.each<RetentionLimits>([
  defaultRetentionLimits,
  {
    dryRunHours: 0.5,
    outdatedShare: 0.07,
    ceilingTags: 0,
    ceilingShare: 0.333,
    inUseHours: 48,
    archive: { registry: 7, namespace: 'kept', days: 90 },
  },
])('limits come back as they were', (limits) => {
  const values = limitsForm.parse(toDraft(limits))
  expect(toLimits(values)).toEqual(limits)
  expect(retentionLimits.parse(toLimits(values))).toEqual(limits)
})

test('an empty ceiling is none, and 0 has every run confirmed', () => {
  expect(toLimits({ ...toDraft(defaultRetentionLimits), ceilingTags: '', ceilingPercent: '0' })).toMatchObject({
    ceilingTags: null,
    ceilingShare: 0,
  })
})

test.each<[Partial<LimitsDraft>, Record<string, string>]>([
  [{ dryRunHours: '' }, { dryRunHours: 'required' }],
  [{ dryRunHours: '0' }, { dryRunHours: 'number_range' }],
  [{ dryRunHours: '721' }, { dryRunHours: 'number_range' }],
  [{ outdatedPercent: '-1' }, { outdatedPercent: 'number_range' }],
  [{ outdatedPercent: '1e2' }, { outdatedPercent: 'number_range' }],
  [{ ceilingTags: '1.5' }, { ceilingTags: 'amount_whole' }],
  [{ ceilingPercent: '101' }, { ceilingPercent: 'number_range' }],
  [
    { registry: '7', namespace: '', days: '0' },
    { namespace: 'required', days: 'number_range' },
  ],
  [{ registry: '7', namespace: 'A b' }, { namespace: 'namespace_characters' }],
  // Nobody is asked about an archive that there is not.
  [{ registry: '', namespace: 'A b', days: 'x' }, {}],
])('%j', (change, expected) => expect(complaints(change)).toEqual(expected))

test.each<[string, string, string, ReturnType<typeof ceilingOf>]>([
  ['numbers', ' 5', '12.5', { ceilingTags: 5, ceilingShare: 0.125 }],
  ['nothing', '', ' ', { ceilingTags: null, ceilingShare: null }],
  ['half of a number', '1.5', '', null],
  ['more than all', '', '101', null],
])('the ceiling of a form: %s', (_, ceilingTags, ceilingPercent, ceiling) => {
  expect(ceilingOf({ ...toDraft(defaultRetentionLimits), ceilingTags, ceilingPercent })).toEqual(ceiling)
})
