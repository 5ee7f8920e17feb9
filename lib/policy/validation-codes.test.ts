import { expect, test } from 'vitest'
import { messages } from '../i18n/messages'
import { fieldCodes, isFieldCode } from './validation-codes'

test.each(['en', 'zh-CN'] as const)('%s has a text for every code and no other', (locale) => {
  expect(Object.keys(messages[locale].field).sort()).toEqual([...fieldCodes].sort())
})

test('other texts are no codes', () => {
  expect(isFieldCode('required')).toBe(true)
  expect(isFieldCode('Invalid input')).toBe(false)
  expect(isFieldCode(undefined)).toBe(false)
})
