import { expect, test } from 'vitest'
import { blankInUse, type InUseDraft, inUseForm, listOf } from './form'

const complaints = (change: Partial<InUseDraft>) =>
  inUseForm
    .safeParse({ ...blankInUse('prod'), text: 'nginx:1', ...change })
    .error?.issues.map(({ path, message }) => `${String(path[0])}: ${message}`) ?? []

test.each<[Partial<InUseDraft>, string[]]>([
  [{}, []],
  [{ cluster: ' ' }, ['cluster: required']],
  [{ text: '\n' }, ['text: required']],
  [{ text: '', file: { name: 'pods.json', text: '{}' } }, []],
  [{ file: { name: 'pods.json', text: '' } }, ['text: required']],
  [{ hours: '0.1' }, []],
  [{ hours: '0' }, ['hours: number_range']],
  [{ hours: '8761' }, ['hours: number_range']],
  [{ hours: 'a day' }, ['hours: number_range']],
])('%j', (change, expected) => expect(complaints(change)).toEqual(expected))

test('a file takes the place of what was pasted', () =>
  expect(listOf({ text: 'nginx:1', file: { name: 'pods.txt', text: 'redis:7' } })).toBe('redis:7'))
