import { expect, test } from 'vitest'
import { swrSchemas } from '../../contract/swr/schemas'
import { describeReplication } from './describe'

const name = (value: string) => ({ type: 'name', value })
const tag = (value: string) => ({ type: 'tag', value })
const manual = { type: 'manual', trigger_settings: { cron: '' } }
const base = {
  id: 1,
  src_registry: { id: 0 },
  dest_registry: { id: 3 },
  filters: [name('library/**'), tag('v*')],
  trigger: manual,
  override: false,
}
const said = (more: object) => describeReplication(swrSchemas.replicationShow.response.parse({ ...base, ...more }))

test.each<[string, object, object]>([
  ['a plain push', {}, { direction: 'push', names: 'some', tags: 'some', remote: 'one', when: 'manual' }],
  ['its patterns', {}, { texts: { names: 'library/**', tags: 'v*', namespace: '' } }],
  ['a pull', { src_registry: { id: 3 }, dest_registry: { id: 0 } }, { direction: 'pull', remote: 'one' }],
  ['no filter at all', { filters: [] }, { names: 'all', tags: 'all' }],
  ['only tags', { filters: [tag('v*')] }, { names: 'all', tags: 'some' }],
  ['everything, spelled out', { filters: [name('**'), tag('*')] }, { names: 'all', tags: 'all' }],
  ['one level of names is not everything', { filters: [name('*')] }, { names: 'some' }],
  ['two name filters', { filters: [name('a/**'), name('b/**')] }, { names: 'odd', tags: 'odd' }],
  [
    'a filter of another type',
    { filters: [name('a/**'), { type: 'label', value: 'x' }] },
    { names: 'odd', tags: 'odd' },
  ],
  [
    'tags that are left out',
    { filters: [{ ...tag('v1'), decoration: 'excludes' }] },
    { tags: 'some', tagsExcluded: true },
  ],
  ['no tag at all', { filters: [{ ...tag('**'), decoration: 'excludes' }] }, { tags: 'some', tagsExcluded: true }],
  [
    'names that are left out',
    { filters: [{ ...name('a/**'), decoration: 'excludes' }] },
    { names: 'odd', tags: 'odd' },
  ],
  ['an unknown decoration', { filters: [{ ...tag('v1'), decoration: 'resembles' }] }, { names: 'odd', tags: 'odd' }],
  ['a list as value', { filters: [{ type: 'tag', value: ['a'] }] }, { names: 'odd', tags: 'odd' }],
  ['two remote sides', { src_registry: { id: 3 }, dest_registry: { id: 4 } }, { remote: 'none' }],
  ['no side', { src_registry: undefined, dest_registry: undefined }, { remote: 'none' }],
  ['another namespace', { dest_namespace: 'mirror' }, { namespace: 'other', texts: { namespace: 'mirror' } }],
  ['the same namespace', { dest_namespace: '' }, { namespace: 'same' }],
  ['on push', { trigger: { type: 'event_based' } }, { when: 'push' }],
  [
    'a pull on push',
    { src_registry: { id: 3 }, dest_registry: { id: 0 }, trigger: { type: 'event_based' } },
    { when: 'never' },
  ],
  ['a schedule', { trigger: { type: 'scheduled', trigger_settings: { cron: '0 0 2 * * *' } } }, { when: 'scheduled' }],
  ['a schedule without cron', { trigger: { type: 'scheduled' } }, { when: 'never' }],
  ...['0 0 3 30 2 *', '0 0 0 * * 7', '0 0/15 * * *', '@daily', '0 2 * * WED *'].map(
    (cron): [string, object, object] => [
      `the schedule ${cron}`,
      { trigger: { type: 'scheduled', trigger_settings: { cron } } },
      { when: 'never' },
    ],
  ),
  ['another trigger', { trigger: { type: 'hourly' } }, { when: 'unknown' }],
  ['no trigger', { trigger: undefined }, { when: 'unknown' }],
  ['overwriting', { override: true }, { override: 'overwrite' }],
])('%s', (_, more, expected) => {
  expect(said(more)).toMatchObject(expected)
})
