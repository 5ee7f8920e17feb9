import { describe, expect, test } from 'vitest'
import { flatten } from './flatten'
import { messages } from './messages'
import { readingsOf } from './readings'

const han = '\\p{Script=Han}'
const wide = `${han}，。：；？！、（）“”`

/** What no Chinese text looks like. */
const faults = {
  'no space between Han and Latin letters or digits': new RegExp(`${han}[A-Za-z0-9]|[A-Za-z0-9]${han}`, 'u'),
  'half-width punctuation after Han': new RegExp(`${han}\\s?[,.;:?!]`, 'u'),
  'half-width brackets or quotes beside Han': new RegExp(`[${han}]["'()]|["'()][${han}]`, 'u'),
  'a space inside of Chinese': new RegExp(`[${wide}] +[${wide}]`, 'u'),
  'a space beside full-width punctuation': /[，。：；？！、（）] | [，。：；？！、（）]/,
  'a doubled space': / {2}/,
  'three dots for an ellipsis': /\.\.|。。/,
  'full-width letters or digits': /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/,
}

/** Relative times begin with a digit or with Han, and read well in the same place. */
const times = ['3 分钟前', '现在']

/** Values that are Chinese words, or begin or end with one; every other value is Latin or a number. */
const samplesAt = (time: string): Readonly<Record<string, string>> => ({
  ago: time,
  column: '名称',
  date: '3 日',
  days: '周一',
  filter: '状态：失败',
  first: time,
  heading: '名称',
  interval: '3 分钟',
  last: time,
  newest: time,
  oldest: time,
  reason: '原因',
  role: '管理员',
  schedule: '每天',
  sign: '原因',
  since: time,
  usual: '3 分钟',
  what: '内容',
  words: '每天',
})
/** A tag of the same name as a plain value may hold more than it. */
const tagSamples: Readonly<Record<string, string>> = { run: '执行记录 5' }
/** Parts of a sentence that bring their own spaces and punctuation. */
const parts = new Set(['starts', 'into', 'tail', 'conflict', 'off'])

const sampleWith = (samples: Readonly<Record<string, string>>) => (name: string, isTag: boolean) =>
  parts.has(name) ? '' : ((isTag ? tagSamples[name] : undefined) ?? samples[name] ?? 'x1')

function faultsOf(message: string): string[] {
  const readings = times.flatMap((time) => readingsOf(message, sampleWith(samplesAt(time)))).map((each) => each.trim())
  return Object.entries(faults)
    .filter(([, fault]) => readings.some((reading) => fault.test(reading)))
    .map(([name]) => name)
}

describe('readings', () => {
  test('every branch is read, with samples for values', () => {
    expect(
      readingsOf("{count, plural, =0 {none} other {# of {total, number}}} <b>in</b> '{'<to></to>'}' {by}", () => 'x1'),
    ).toEqual(['none in {x1} x1', '3 of 3 in {x1} x1'])
    expect(readingsOf("#{id}: it''s", () => '7')).toEqual(["#7: it's"])
  })
})

describe('faults are seen', () => {
  test.each([
    ['删除3 个', 'no space between Han and Latin letters or digits'],
    ['{count, plural, =0 {无} other {#个}}', 'no space between Han and Latin letters or digits'],
    ['打开{name}', 'no space between Han and Latin letters or digits'],
    ['已删除.', 'half-width punctuation after Han'],
    ['已删除(3 个)', 'half-width brackets or quotes beside Han'],
    ['按 {column} 排序', 'a space inside of Chinese'],
    ['更新于 <ago></ago>', 'a space inside of Chinese'],
    ['已删除 {name}， 请刷新', 'a space beside full-width punctuation'],
    ['已删除  {name}', 'a doubled space'],
    ['正在加载...', 'three dots for an ellipsis'],
    ['共３个', 'full-width letters or digits'],
  ])('%s', (message, fault) => {
    expect(faultsOf(message)).toContain(fault)
  })

  test('and a good text has none', () => {
    expect(faultsOf('按{column}排序，共 {count, plural, other {# 条}}（{name}）：<ago></ago>。')).toEqual([])
  })
})

test('Chinese texts have none', () => {
  const found = flatten(messages['zh-CN'])
    .map(([key, text]) => [key, text, ...faultsOf(text)])
    .filter(([, , fault]) => fault !== undefined)
  expect(found).toEqual([])
})
