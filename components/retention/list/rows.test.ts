import { describe, expect, test } from 'vitest'
import type { RetentionIndexRow } from '@/lib/contract/console/retention-decisions'
import type { Retention } from '@/lib/contract/swr/retention'
import { joinRows, viewOf } from './rows'
import type { RetentionView } from './search-params'

const policy = (id: number, namespace: string, more: Partial<Retention> = {}): Retention => ({
  id,
  name: `keep-${id}`,
  namespace_name: namespace,
  enabled: true,
  rules: [],
  trigger: { type: 'manual', trigger_settings: undefined },
  content_hash: '',
  ...more,
})

const worked = (namespace: string, id: number | null, tags: number | null): RetentionIndexRow => ({
  namespace,
  policy: id === null ? null : { id, name: `keep-${id}`, enabled: true, content: '', next: null, last: null },
  repositories: 1,
  tags: 10,
  impact: tags === null ? null : { tags, images: tags, bytes: 0, share: tags / 10, unsure: 0 },
})

const namespaces = ['library', 'payments', 'web'].map((name, at) => ({ name, namespace_id: at + 1 }))

const all: RetentionView = {
  page: 1,
  size: 20,
  q: '',
  sort: 'namespace',
  order: 'asc',
  namespace: null,
  state: null,
  trigger: null,
}

describe('rows', () => {
  test('are all policies and every namespace without one', () => {
    const rows = joinRows({
      policies: [policy(4, 'payments')],
      complete: true,
      index: [worked('payments', 4, 3), worked('web', null, null)],
      namespaces,
    })
    expect(viewOf(rows, all).map(({ namespace, policy: its }) => [namespace, its?.id])).toEqual([
      ['library', undefined],
      ['payments', 4],
      ['web', undefined],
    ])
    expect(rows[0]?.worked?.impact?.tags).toBe(3)
  })

  test('name no namespace as one without a policy while policies are still missing', () => {
    const rows = joinRows({ policies: [policy(4, 'payments')], complete: false, index: undefined, namespaces })
    expect(rows.map(({ namespace }) => namespace)).toEqual(['payments'])
  })

  test('take the name of a namespace from the list of namespaces', () => {
    const [row] = joinRows({
      policies: [policy(4, '', { namespace_name: undefined, namespace_id: 3 })],
      complete: true,
      index: undefined,
      namespaces,
    })
    expect(row?.namespace).toBe('web')
  })

  test('call no namespace unguarded while a policy may be of it', () => {
    const rows = joinRows({
      policies: [policy(4, '', { namespace_name: undefined, namespace_id: 99 })],
      complete: true,
      index: undefined,
      namespaces,
    })
    expect(rows).toHaveLength(1)
  })
})

describe('a view', () => {
  const rows = joinRows({
    policies: [
      policy(1, 'library', { enabled: false }),
      policy(2, 'payments', { trigger: { type: 'scheduled', trigger_settings: { cron: '0 0 2 * * *' } } }),
    ],
    complete: true,
    index: [worked('library', 1, 7), worked('payments', 2, 9)],
    namespaces,
  })
  const shown = (view: Partial<RetentionView>) => viewOf(rows, { ...all, ...view }).map(({ namespace }) => namespace)

  test.each<[Partial<RetentionView>, string[]]>([
    [{ q: 'KEEP-2' }, ['payments']],
    [{ q: 'we' }, ['web']],
    [{ state: 'on' }, ['payments']],
    [{ state: 'off' }, ['library']],
    [{ state: 'none' }, ['web']],
    [{ trigger: 'scheduled' }, ['payments']],
    [{ namespace: 'library' }, ['library']],
    [{ sort: 'impact', order: 'desc' }, ['payments', 'library', 'web']],
    [{ sort: 'impact', order: 'asc' }, ['library', 'payments', 'web']],
    [{ sort: 'name', order: 'desc' }, ['payments', 'library', 'web']],
  ])('%o', (view, expected) => {
    expect(shown(view)).toEqual(expected)
  })
})
