import { rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { log } from '../net/log'
import { TestTokensFile } from '../testing/tokens-file'
import { ConfigError, parseEnv } from './config'
import { provisionedRole, provisionedTokens } from './tokens'

const own = {
  SWR_REGION: 'cn-north-4',
  SWR_PROJECT_ID: '0a1b2c3d4e5f60718293a4b5c6d7e8f9',
  CLOUD_SDK_AK: 'EXAMPLEACCESSKEY0001',
  CLOUD_SDK_SK: 'ExampleSecretKey0001',
}
const path = '/etc/console/tokens.yaml'
const hash = (digit: string) => `sha256:${digit.repeat(64)}`
const parse = (yaml: string) => parseEnv({ ...own, CONSOLE_TOKENS_FILE: path }, () => yaml)
function faults(yaml: string): readonly string[] {
  try {
    parse(yaml)
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
  return []
}

describe('the file of provisioned tokens', () => {
  test('names, roles, hashes, connections and ends', () => {
    const yaml = `
- {name: release-pipeline, role: operator, hash: "${hash('a').toUpperCase().replace('SHA', 'sha')}", connections: [default], expires: 2027-06-30}
- {name: dashboard, role: viewer, hash: "${hash('b')}", expires: "2027-06-30T12:00:00+02:00"}
- {name: ops, role: admin, hash: "${hash('c')}"}`
    expect(parse(yaml).tokensFile).toEqual({
      path,
      tokens: [
        {
          name: 'release-pipeline',
          role: 'operator',
          hash: 'a'.repeat(64),
          connections: ['default'],
          // The day is included.
          expires: new Date('2027-07-01T00:00:00Z'),
        },
        { name: 'dashboard', role: 'viewer', hash: 'b'.repeat(64), expires: new Date('2027-06-30T10:00:00Z') },
        { name: 'ops', role: 'admin', hash: 'c'.repeat(64) },
      ],
    })
  })

  test.each(['', '[]'])('without an entry (%j) it is how the last token is taken away', (yaml) => {
    expect(parse(yaml).tokensFile?.tokens).toEqual([])
  })

  test('no file, no tokens', () => {
    expect(parseEnv(own, () => '').tokensFile).toBeUndefined()
  })

  const entry = (more = '', from = 'name: ci, role: operator') => `- {${from}, hash: "${hash('a')}"${more}}`
  test.each([
    ['no list', 'name: ci', 'CONSOLE_TOKENS_FILE must be a list of tokens'],
    ['the token itself', entry().replace(/sha256:a+/, 'swrc_SecretSecretSecret'), '[0].hash must be sha256:'],
    ['a role that is none', entry('', 'name: ci, role: root'), '[0].role must be one of viewer, operator, admin'],
    ['a name that is none', entry('', 'name: "a b", role: viewer'), '[0].name must be 1 to 64'],
    ['an unknown key', entry(', rights: all'), 'CONSOLE_TOKENS_FILE[0] has unknown keys: rights'],
    ['an unknown connection', entry(', connections: [other]'), '[0].connections must be ids of connections'],
    ['no connection', entry(', connections: []'), '[0].connections must not be empty'],
    ['a day that is none', entry(', expires: 2027-02-30'), '[0].expires must be a date such as'],
    ['a number', entry(', expires: 2027'), '[0].expires must be text'],
    ['one name twice', `${entry()}\n${entry().replace(/a{64}/, 'b'.repeat(64))}`, 'two tokens with one name'],
    ['one hash twice', `${entry()}\n${entry('', 'name: other, role: viewer')}`, 'two tokens with one hash'],
    ['broken YAML', '- {name: "swrc_SecretSecretSecret', 'CONSOLE_TOKENS_FILE cannot be read'],
  ])('%s is refused, and no value repeated', (_, yaml, expected) => {
    const all = faults(yaml)
    expect(all).toEqual([expect.stringContaining(expected)])
    expect(all.join()).not.toContain('Secret')
  })
})

describe('while the console runs', () => {
  const slot = Symbol.for('console.config')
  const before: unknown = Reflect.get(globalThis, slot)
  const level = log.level
  let file: TestTokensFile
  const write = (yaml: string) => file.write(yaml)
  const names = () => provisionedTokens().map(({ name }) => name)

  beforeEach(() => {
    log.level = 'silent'
    const yaml = `- {name: first, role: viewer, hash: "${hash('a')}"}`
    file = new TestTokensFile(yaml)
    Reflect.set(
      globalThis,
      slot,
      parseEnv({ ...own, CONSOLE_TOKENS_FILE: file.path }, () => yaml),
    )
  })
  afterEach(() => {
    vi.restoreAllMocks()
    log.level = level
    Reflect.set(globalThis, slot, before)
    file.remove()
  })

  test('tokens come and go with the file', () => {
    expect(names()).toEqual(['first'])
    write(`- {name: second, role: admin, hash: "${hash('b')}", expires: 2027-01-31}`)
    expect(names()).toEqual(['second'])
    const role = (name: string, now?: Date) => provisionedRole(name, 'default', now)
    expect(role('second', new Date('2027-01-31T23:59:59Z'))).toBe('admin')
    expect(role('second', new Date('2027-02-01T00:00:00Z'))).toBeNull()
    expect(role('first')).toBeNull()
    write('[]')
    expect(names()).toEqual([])
  })

  test('a token has its role at its own connections alone', () => {
    write(`- {name: own, role: operator, hash: "${hash('b')}", connections: [default], expires: 2099-01-01}`)
    expect(provisionedRole('own', 'default')).toBe('operator')
    expect(provisionedRole('own', 'elsewhere')).toBeNull()
  })

  const first = `- {name: first, role: viewer, hash: "${hash('a')}"}`
  const faulty = `- {name: second, role: root, hash: "${hash('b')}"}`
  test.each([
    ['an entry that is faulty', `${first}\n${faulty}`, ['first']],
    ['YAML that is broken', `${first}\n- {name: second`, ['first']],
    ['a hash in capitals', `${first.replace(/a{64}/, 'A'.repeat(64))}\n${faulty}`, ['first']],
    ['a token that is gone', faulty, []],
    ['a token that is gone from broken YAML', '- {name: second', []],
    ['a token that is commented out', `# ${first}\n${faulty}`, []],
    ['a token that is commented out behind another', `${faulty} # ${first}`, []],
    ['another hash under its name', `${first.replace(/a{64}/, 'c'.repeat(64))}\n${faulty}`, []],
  ])('in a file that is not valid, only what is still there stays: %s', (_, yaml, expected) => {
    expect(names()).toEqual(['first'])
    write(yaml)
    expect(names()).toEqual(expected)
    write(`- {name: third, role: viewer, hash: "${hash('d')}"}`)
    expect(names()).toEqual(['third'])
  })

  const admin = `- {name: first, role: admin, hash: "${hash('a')}"}`
  test.each<[string, string, 'viewer' | null]>([
    ['a lower role', admin.replace('admin', 'viewer'), 'viewer'],
    ['a role that is none', admin.replace('admin', 'root'), null],
    ['other connections', admin.replace('admin', 'admin, connections: [none]'), null],
    ['an end that has come', admin.replace('admin', 'viewer, expires: 2026-01-01'), null],
    ['two roles', `${admin.replace('admin', 'viewer')}\n${admin.replace('first', 'other')}`, null],
  ])('beside a fault elsewhere a token has what its own entry says now: %s', (_, own, expected) => {
    write(admin)
    expect(provisionedRole('first', 'default')).toBe('admin')
    write(`${own}\n${faulty}`)
    expect(provisionedRole('first', 'default')).toBe(expected)
    expect(names()).not.toContain('second')
  })

  test('without a file there is no token, and one line says so', () => {
    const error = vi.spyOn(log, 'error')
    expect(names()).toEqual(['first'])
    rmSync(file.path)
    expect([names(), names(), names()]).toEqual([[], [], []])
    expect(error).toHaveBeenCalledTimes(1)
    write(first)
    expect(names()).toEqual(['first'])
    expect(error).toHaveBeenCalledTimes(1)
  })
})
