import { expect, test } from 'vitest'
import { localeFor, timeZoneOf } from './locale'

test.each([
  [null, 'en'],
  ['', 'en'],
  ['de-DE,de;q=0.9', 'en'],
  ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN'],
  ['zh-TW', 'zh-CN'],
  ['en;q=0.5, zh;q=0.7', 'zh-CN'],
  ['fr, en-GB;q=0.8, zh;q=0.2', 'en'],
  ['zh;q=0, en', 'en'],
])('%s reads %s', (header, locale) => {
  expect(localeFor(header)).toBe(locale)
})

test.each([
  [undefined, 'UTC'],
  ['Asia/Shanghai', 'Asia/Shanghai'],
  ['Mars/Olympus', 'UTC'],
  ['<script>', 'UTC'],
])('zone %s is %s', (value, zone) => {
  expect(timeZoneOf(value)).toBe(zone)
})
