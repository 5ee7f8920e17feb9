import { expect, test } from 'vitest'
import { toCsv } from './csv'

const cell = (value: unknown) => toCsv([{ value }], ['value'], { first: false })

test.each([
  ['=1+1', `"'=1+1"`],
  ['+1', `"'+1"`],
  ['-1', `"'-1"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  ['\t=1', `"'\t'=1"`],
  ['＝1+1', `"'＝1+1"`],
  ['＋1', `"'＋1"`],
  ['－1', `"'－1"`],
  ['＠x', `"'＠x"`],
  ['｜x', `"'｜x"`],
  ['x;=1+1', `"x;'=1+1"`],
  ['x,＝1', `"x,'＝1"`],
  ['two\n=1', `"two\n'=1"`],
])('%j is no formula', (text, shown) => {
  expect(cell(text)).toBe(`${shown}\r\n`)
})

test('what is none stays as it is', () => {
  expect(cell('a-b = c, "d"')).toBe('"a-b = c, ""d"""\r\n')
  expect(cell(null)).toBe('""\r\n')
  expect(cell(-7)).toBe('"-7"\r\n')
  expect(cell({ name: '支付' })).toBe('"{""name"":""支付""}"\r\n')
})

test('a file begins with a mark and the names of its columns', () => {
  expect(toCsv([], ['id', 'at'], { first: true })).toBe('\ufeff"id","at"\r\n')
})
