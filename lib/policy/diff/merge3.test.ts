import { expect, test } from 'vitest'
import { asText, toForm } from '../replication/form'
import { mergeReplication, replicationQuestions } from '../replication/merge'
import { toForm as retentionForm } from '../retention/form'
import { retentionQuestions } from '../retention/merge'
import { conflicts, merge3, type Question } from './merge3'

interface Draft {
  a: string
  b: string
  list: string[]
}

const questions: Question<Draft>[] = [
  { name: 'pair', fields: ['a', 'b'] },
  { name: 'list', fields: ['list'] },
]
const opened: Draft = { a: '1', b: '1', list: ['x'] }
const sides = (now: Partial<Draft>, mine: Partial<Draft>) => ({
  opened,
  now: { ...opened, ...now },
  mine: { ...opened, ...mine },
})

test.each([
  ['nobody changed anything', {}, {}, []],
  ['only mine', {}, { a: '2' }, ['pair mine']],
  ['only theirs', { list: ['y'] }, {}, ['list now']],
  ['both, differently', { a: '2' }, { a: '3' }, ['pair null']],
  ['both, different parts of one question', { a: '2' }, { b: '3' }, ['pair null']],
  ['both, the same', { list: ['y'] }, { list: ['y'] }, []],
  ['each something else', { list: ['y'] }, { b: '2' }, ['pair mine', 'list now']],
  ['back to what it was is theirs', { a: '2' }, { a: '1' }, ['pair now']],
])('%s', (_, now, mine, found) => {
  const list = conflicts(questions, sides(now, mine))
  expect(list.map(({ question, side }) => `${question.name} ${side}`)).toEqual(found)
})

test('what is taken is mine, everything else is theirs', () => {
  const { now, mine } = sides({ a: '2', list: ['y'] }, { b: '3', list: ['z'] })
  expect(merge3({ now, mine }, [])).toEqual(now)
  expect(merge3({ now, mine }, questions.slice(0, 1))).toEqual({ a: '1', b: '3', list: ['y'] })
  expect(merge3({ now, mine }, questions)).toEqual(mine)
})

const policy = {
  name: 'nightly',
  dest_registry: { id: 3 },
  filters: [{ type: 'name', value: '{library/web,library/api}' }],
  repo_scope_mode: 'selection',
  trigger: { type: 'manual' },
  content_hash: '',
}

test('picked repositories survive being mixed with another direction, as text', () => {
  const was = toForm(policy)
  expect(was.repositories).toEqual(['library/web', 'library/api'])
  const now = asText(toForm({ ...policy, dest_registry: undefined, src_registry: { id: 4 } }))
  const mine = asText({ ...was, repositories: ['library/web', 'library/db'] })
  const list = conflicts(replicationQuestions, { opened: asText(was), now, mine })
  expect(list.map(({ question, side }) => [question.name, side])).toEqual([
    ['remote', 'now'],
    ['names', 'mine'],
  ])
  const names = replicationQuestions.filter(({ name }) => name === 'names')
  const draft = mergeReplication({ now, mine }, names)
  expect(draft).toMatchObject({ direction: 'pull', registry: '4', repositories: [] })
  expect(draft.namePattern).toBe('library/{web,db}')
  const back = mergeReplication({ now: asText(was), mine }, names)
  expect(back).toMatchObject({ direction: 'push', repositories: ['library/web', 'library/db'], namePattern: '' })
})

test('every field that a person can fill in belongs to exactly one question', () => {
  const asked = (list: readonly Question<never>[]) => list.flatMap(({ fields }) => fields as readonly string[]).sort()
  const fieldsOf = (draft: object, without: string[]) =>
    Object.keys(draft)
      .filter((name) => !without.includes(name))
      .sort()
  expect(asked(replicationQuestions)).toEqual(fieldsOf(toForm(policy), ['asRead', 'repositories']))
  const retention = retentionForm({ rules: [{ tag_selectors: [] }], content_hash: '' })
  expect(asked(retentionQuestions)).toEqual(fieldsOf(retention, ['asRead', 'unsupported']))
})
