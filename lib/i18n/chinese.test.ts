import { expect, test } from 'vitest'
import { chineseList, joinNames, spaceDigits } from './chinese'

test('names are joined as the language joins them', () => {
  expect(joinNames(['Mon', 'Wed', 'Fri'], 'en')).toBe('Mon, Wed, Fri')
  expect(joinNames(['周一', '周三'], 'zh-CN')).toBe('周一、周三')
})

test('parts of a Chinese list keep a mark between them, others are left to CLDR', () => {
  expect(chineseList([1, 2, 3], 'zh-CN')).toEqual([1, '、', 2, '、', 3])
  expect(chineseList([1], 'zh-CN')).toEqual([1])
  expect(chineseList([1, 2], 'en')).toBeUndefined()
})

test('digits have a space before Han', () => {
  const format = (locale: string) => new Intl.RelativeTimeFormat(locale).format(-13, 'minute')
  expect(spaceDigits(format('zh-CN'))).toBe('13 分钟前')
  expect(spaceDigits(format('en'))).toBe('13 minutes ago')
})
