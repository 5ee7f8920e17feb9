import { expect, test } from 'vitest'
import { isGuessable } from './password'

test.each([
  '123456789012',
  '210987654321',
  'passwordpassword',
  'P@ssw0rd-P@ssw0rd',
  'Welcome2026!!',
  'qwertyuiop12',
  'QwertyuiopAsdfghjkl',
  '1qaz2wsx3edc',
  'aaaaaaaaaaaa',
  'abcabcabcabcabc',
  'abcdefghijklmnop',
  'Admin1234567',
  'swr-console-admin',
  'Huawei@123456',
  'Huaweicloud12!',
  'changemechangeme',
  'ada@team.example',
  'AdaAdminAdaAdmin',
  'ada.lovelace1815',
  'Iloveyou2024!',
  'letmeinletmein',
])('%s is guessable', (password) => expect(isGuessable(password, ['ada@team.example', 'Ada Lovelace'])).toBe(true))

test.each([
  'correct horse battery',
  'a long walk in the rain',
  'nothing but blue skies',
  'k7#mQ2!vXw9$',
  'f3Qh8ZrT1nYb',
  '839201746255',
  '春眠不觉晓处处闻啼鸟夜来',
  'otter admin ladle prune',
])('%s is not', (password) => expect(isGuessable(password, ['ada@team.example', 'Ada Lovelace'])).toBe(false))

test('a long one is looked at in no time', () => {
  const start = performance.now()
  for (const sign of ['a', 'ab', 'qw', '1234567890']) isGuessable(sign.repeat(128 / sign.length), ['x'.repeat(254)])
  expect(performance.now() - start).toBeLessThan(1000)
})
