import { expect, test } from 'vitest'
import { fieldOfPath } from './descriptor'

const filters = [
  { type: 'tag' as const, value: '**' },
  { type: 'name' as const, value: 'library/**' },
  { type: 'tag' as const, value: 'v*' },
]

test.each([
  ['body.name', 'name'],
  ['body.dest_registry', 'registry'],
  ['body.src_registry.id', 'registry'],
  ['body.dest_registry_of_another', undefined],
  ['body.filters', 'namePattern'],
  ['body.filters.0.value', 'tagPattern'],
  ['body.filters.1.value', 'namePattern'],
  ['body.filters.2.value', 'others'],
  ['body.filters.3.type', 'others'],
  ['body.trigger.trigger_settings.cron', 'cron'],
  ['body.enabled', undefined],
  ['params.policy_id', undefined],
])('%s is shown at %s', (path, field) => {
  expect(fieldOfPath(path, { direction: 'push', scope: 'regular' }, { filters })).toBe(field)
})

test('names that were picked have their own field', () => {
  expect(fieldOfPath('body.filters.1.value', { direction: 'push', scope: 'selection' }, { filters })).toBe(
    'repositories',
  )
})
