import fc from 'fast-check'
import { expect, test } from 'vitest'
import { redactor } from './redact'

const access = 'EXAMPLEACCESSKEY0001'
const secret = 'Secret/With+Signs=and more?0001'
const quoted = 'Quoted"Secret\\With<Signs>&0001'
const redact = redactor([access, secret, quoted])
const base64 = (text: string) => Buffer.from(text).toString('base64')

test.each([
  ['raw', `ak:${access},err:ak not exist`, 'ak:•••,err:ak not exist'],
  ['within a login', `cn-north-4@${access}`, 'cn-north-4@•••'],
  ['in another case', access.toLowerCase(), '•••'],
  ['percent-encoded', `k=${encodeURIComponent(secret)}`, 'k=•••'],
  ['percent-encoded in lower case', encodeURIComponent(secret).toLowerCase(), '•••'],
  ['percent-encoded twice', encodeURIComponent(encodeURIComponent(secret)), '•••'],
  ['in JSON within JSON', JSON.stringify({ said: quoted }), '{"said":"•••"}'],
  ['in JSON within JSON within JSON', JSON.stringify(JSON.stringify(quoted)), '"\\"•••\\""'],
  ['in JSON that escapes what need not be', 'Secret\\/With\\u002bSigns\\u003dand more\\u003F0001', '•••'],
  ['in HTML', 'Quoted&quot;Secret\\With&lt;Signs&#62;&#x26;0001', '•••'],
  ['in hex', Buffer.from(secret).toString('hex').toUpperCase(), '•••'],
  ['twice', `${secret} ${secret}`, '••• •••'],
  ['harmless', 'EXAMPLEACCESSKEY', 'EXAMPLEACCESSKEY'],
])('%s', (_, text, expected) => expect(redact(text)).toBe(expected))

test('names of properties, lists and depth', () => {
  expect(redact({ [access]: [{ deep: { login: `x@${access}` } }], count: 3, none: null, yes: true })).toEqual({
    '•••': [{ deep: { login: 'x@•••' } }],
    count: 3,
    none: null,
    yes: true,
  })
})

test('base64 with anything before and behind it', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 6 }), fc.string({ maxLength: 6 }), (before, behind) => {
      const text = redact(base64(`${before}${secret}${behind}`))
      expect(text).toContain('•••')
      // At most the bytes that share a group with the neighbours stay: too few to find the secret by.
      expect(Buffer.from(text.split('•••').join(''), 'base64').toString()).not.toContain(secret.slice(4, -4))
    }),
  )
})

test('no spelling of a secret survives anywhere', () => {
  const wrap = fc.constantFrom(
    (text: string) => text,
    encodeURIComponent,
    (text: string) => Buffer.from(text).toString('base64url'),
  )
  const hidden = fc.tuple(wrap, fc.constantFrom(access, secret)).map(([write, text]) => write(text))
  const tree = fc.letrec((tie) => ({
    node: fc.oneof({ maxDepth: 4 }, hidden, fc.jsonValue(), fc.array(tie('node')), fc.dictionary(hidden, tie('node'))),
  })).node
  fc.assert(
    fc.property(tree, (value) => {
      const text = JSON.stringify(redact(value)) ?? ''
      for (const each of [access, secret])
        for (const form of [each, encodeURIComponent(each), Buffer.from(each).toString('base64url').slice(0, -3)])
          expect(text.toLowerCase()).not.toContain(form.toLowerCase())
    }),
  )
})

test('what is secret for one request only is masked beside the rest, and not in the next', () => {
  const passing = 'f00d'.repeat(15)
  const text = `${passing} ${base64(passing)} ${secret}`
  expect(redactor([access, secret], [passing])({ text })).toEqual({ text: '••• ••• •••' })
  expect(redactor([access, secret], ['beef'.repeat(15)])(passing)).toBe(passing)
  expect(redactor([access, secret])(passing)).toBe(passing)
})

test('a key that was replaced is masked with the one that has come', () => {
  expect(redactor([access])(`${access} ${secret}`)).toBe(`••• ${secret}`)
  expect(redactor([access, secret])(`${access} ${secret}`)).toBe('••• •••')
})

test('without secrets nothing changes', () => expect(redactor([])({ a: ['', 'text'] })).toEqual({ a: ['', 'text'] }))
