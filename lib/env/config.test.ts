import { describe, expect, test } from 'vitest'
import { ConfigError, parseEnv } from './config'

const own = {
  SWR_REGION: 'cn-north-4',
  SWR_PROJECT_ID: '0a1b2c3d4e5f60718293a4b5c6d7e8f9',
  CLOUD_SDK_AK: 'EXAMPLEACCESSKEY0001',
  CLOUD_SDK_SK: 'ExampleSecretKey0001',
}
const secret = 'qWmX81kLzP0rTn5vYb72CdEfGh93JsAu'
const files: Record<string, string> = { '/etc/console/keys/sk': 'SecretFromAFile0001\n' }
const readFile = (path: string) => {
  const text = files[path]
  if (text === undefined) throw Object.assign(new Error(`no such file: ${path}`), { code: 'ENOENT' })
  return text
}
const parse = (source: Record<string, string | undefined>, yaml?: string) =>
  parseEnv(yaml === undefined ? source : { SWR_CONNECTIONS_FILE: '/etc/console/swr.yaml', ...source }, (path) =>
    yaml !== undefined && path === '/etc/console/swr.yaml' ? yaml : readFile(path),
  )
function faults(source: Record<string, string | undefined>, yaml?: string): readonly string[] {
  try {
    parse(source, yaml)
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
  return []
}

describe('one connection by environment', () => {
  test('is called default and goes to the public endpoint', () => {
    expect(parse(own)).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      url: 'http://127.0.0.1:3000',
      demo: false,
      database: '.data',
      passwordSignIn: true,
      firstAdmin: undefined,
      sso: undefined,
      connections: [
        {
          id: 'default',
          name: 'cn-north-4',
          region: 'cn-north-4',
          project: own.SWR_PROJECT_ID,
          endpoint: 'https://swr-api.cn-north-4.myhuaweicloud.com',
          credential: { access: own.CLOUD_SDK_AK, secret: own.CLOUD_SDK_SK, securityToken: undefined },
        },
      ],
    })
  })

  test('proxies of this machine are trusted, or those that are named', () => {
    expect(parse(own).trustedProxies).toEqual(['127.0.0.0/8', '::1'])
    const named = parse({ ...own, TRUSTED_PROXIES: '10.0.0.0/24, 192.0.2.7\nfd00::/8' }).trustedProxies
    expect(named).toEqual(['10.0.0.0/24', '192.0.2.7', 'fd00::/8'])
    for (const wrong of ['proxy.example.com', '10.0.0.0/33', '10.0.0.0/24 *'])
      expect(faults({ ...own, TRUSTED_PROXIES: wrong })).toEqual([
        'TRUSTED_PROXIES must be addresses or ranges such as 10.0.0.0/24',
      ])
  })

  test('one region has another domain', () => {
    const [connection] = parse({ ...own, SWR_REGION: 'eu-west-101' }).connections
    expect(connection?.endpoint).toBe('https://swr-api.eu-west-101.myhuaweicloud.eu')
  })

  test('a temporary key brings its token; an empty variable is none', () => {
    const token = 'token-of-a-temporary-key'
    expect(parse({ ...own, CLOUD_SDK_SECURITY_TOKEN: token }).connections[0]?.credential.securityToken).toBe(token)
    expect(parse({ ...own, CLOUD_SDK_SECURITY_TOKEN: '' }).connections[0]?.credential.securityToken).toBeUndefined()
  })

  test.each([
    ['https://swr.example.com', 'https://swr.example.com'],
    ['https://swr.example.com:8443/', 'https://swr.example.com:8443'],
    ['http://127.0.0.1:4100', 'http://127.0.0.1:4100'],
    ['http://[::1]:4100', 'http://[::1]:4100'],
    ['http://localhost:4100', 'http://localhost:4100'],
  ])('endpoint %s', (endpoint, expected) =>
    expect(parse({ ...own, SWR_ENDPOINT: endpoint }).connections[0]?.endpoint).toBe(expected),
  )

  test.each([
    ['swr.example.com', 'must be an address'],
    ['ftp://swr.example.com', 'must start with https://'],
    ['http://swr.example.com', 'must start with https://'],
    ['http://127.0.0.1.example.com', 'must start with https://'],
    ['https://swr.example.com/v2', 'scheme and host only'],
    ['https://swr.example.com?x=1', 'scheme and host only'],
    ['https://swr.example.com#', 'scheme and host only'],
    ['https://user:pass@swr.example.com', 'scheme and host only'],
  ])('endpoint %s is refused', (endpoint, reason) => {
    const [fault, ...more] = faults({ ...own, SWR_ENDPOINT: endpoint })
    expect(fault).toMatch(/^SWR_ENDPOINT /)
    expect(fault).toContain(reason)
    expect(more).toEqual([])
  })
})

describe('host and port', () => {
  test.each(['127.0.0.1', '127.1.2.3', 'localhost', '::1'])('HOST %s', (host) =>
    expect(parse({ ...own, HOST: host }).host).toBe(host),
  )
  test.each(['0.0.0.0', '::', '10.0.0.1', 'example.com', 'localhost.example.com'])(
    'HOST %s needs a name and a secret',
    (host) => {
      expect(faults({ ...own, HOST: host })).toEqual([
        expect.stringMatching(/^CONSOLE_URL is missing: HOST is open/),
        expect.stringMatching(/^CONSOLE_SECRET is missing/),
      ])
      const given = { CONSOLE_URL: 'https://console.example.com', CONSOLE_SECRET: secret }
      expect(parse({ ...own, ...given, HOST: host })).toMatchObject({ host, url: given.CONSOLE_URL, secret })
    },
  )
  test.each(['127.0.0.1@example.com', '*', 'http://x', 'a/b'])('HOST %s is refused', (host) =>
    expect(faults({ ...own, HOST: host })).toEqual([expect.stringMatching(/^HOST must be a host name/)]),
  )
  test('the address follows what it listens on, unless it is said', () => {
    expect(parse({ ...own, HOST: '::1', PORT: '8080' }).url).toBe('http://[::1]:8080')
    expect(parse({ ...own, HOST: 'localhost' }).url).toBe('http://localhost:3000')
    expect(parse({ ...own, CONSOLE_URL: 'https://c.example.com/' }).url).toBe('https://c.example.com')
  })
  test.each([
    ['c.example.com', 'must be an address'],
    ['http://c.example.com', 'must start with https://'],
    ['https://c.example.com/console', 'without a path'],
    ['https://u:p@c.example.com', 'must not have a user'],
  ])('CONSOLE_URL %s is refused', (url, reason) =>
    expect(faults({ ...own, CONSOLE_URL: url })).toEqual([expect.stringContaining(reason)]),
  )
  test('PORT is a number', () => expect(parse({ ...own, PORT: '8080' }).port).toBe(8080))
  test.each(['0', '65536', '80.5', 'http', '-1'])('PORT %s is refused', (port) =>
    expect(faults({ ...own, PORT: port })).toEqual([expect.stringMatching(/^PORT must be/)]),
  )
})

describe('the secret', () => {
  test('is demanded in production, and made up while developing and in the demo', () => {
    const missing = [expect.stringMatching(/^CONSOLE_SECRET is missing/)]
    expect(faults({ ...own, NODE_ENV: 'production' })).toEqual(missing)
    expect(faults({ ...own, NODE_ENV: 'production', CONSOLE_DEMO: '1' })).toEqual([])
    expect(parse(own).secret).toHaveLength(64)
    expect(parse(own).secret).not.toBe(parse(own).secret)
    expect(parse({ ...own, NODE_ENV: 'production', CONSOLE_SECRET: secret }).secret).toBe(secret)
  })
  test.each([
    'short',
    'x'.repeat(64),
    '0123456789'.repeat(4),
    'change-me-change-me-please-1234567890',
    'better-auth-secret-12345678901234567890',
  ])('%s is refused and not repeated', (weak) => {
    const all = faults({ ...own, CONSOLE_SECRET: weak })
    expect(all).toEqual([expect.stringMatching(/^CONSOLE_SECRET is too weak/)])
    expect(all.join()).not.toContain(weak)
  })
})

describe('the database', () => {
  test.each<[string, Record<string, string>, string]>([
    ['a directory', { DATA_DIR: '/var/lib/console' }, '/var/lib/console'],
    ['PostgreSQL', { DATABASE_URL: 'postgres://c@db/c', DATA_DIR: '/x' }, 'postgres://c@db/c'],
    ['memory in the demo', { CONSOLE_DEMO: '1' }, 'memory://'],
  ])('%s', (_, more, expected) => expect(parse({ ...own, ...more }).database).toBe(expected))
  test.each<[string, Record<string, string>, RegExp]>([
    ['another kind', { DATABASE_URL: 'mysql://u:pass-word@db/c' }, /^DATABASE_URL must start with postgres:/],
    ['one that outlives the demo', { CONSOLE_DEMO: '1', DATA_DIR: '/x' }, /^DATABASE_URL and DATA_DIR must not be set/],
    ['the demo for others', { CONSOLE_DEMO: '1', HOST: '0.0.0.0' }, /^HOST must be this machine/],
    ['half a demo', { CONSOLE_DEMO: 'yes' }, /^CONSOLE_DEMO must be 1/],
  ])('%s is refused', (_, more, expected) => {
    const all = faults({ ...own, ...more })
    expect(all).toEqual([expect.stringMatching(expected)])
    expect(all.join()).not.toContain('pass-word')
  })
})

describe('accounts', () => {
  const oidc = {
    OIDC_ISSUER: 'https://login.example.com/realms/staff/',
    OIDC_CLIENT_ID: 'console',
    OIDC_CLIENT_SECRET: 'client-secret',
    OIDC_ROLE_MAP: 'cn=admins,dc=example=admin; everyone = viewer;',
  }
  test('the first admin', () => {
    const given = { CONSOLE_ADMIN_EMAIL: 'Boss@Example.com', CONSOLE_ADMIN_PASSWORD: 'long enough to be one' }
    expect(parse({ ...own, ...given }).firstAdmin).toEqual({
      email: 'boss@example.com',
      password: given.CONSOLE_ADMIN_PASSWORD,
    })
    expect(faults({ ...own, ...given, CONSOLE_ADMIN_PASSWORD: '' })).toEqual([
      'CONSOLE_ADMIN_PASSWORD is missing: CONSOLE_ADMIN_EMAIL is set',
    ])
    expect(faults({ ...own, ...given, CONSOLE_ADMIN_PASSWORD: 'boss-example.com!' })).toEqual([
      'CONSOLE_ADMIN_PASSWORD is too easy to guess: a common password, or made of the e-mail',
    ])
    expect(faults({ ...own, ...given, CONSOLE_ADMIN_PASSWORD: 'short' })).toEqual([
      'CONSOLE_ADMIN_PASSWORD must have at least 12 characters',
    ])
  })
  test('single sign-on', () => {
    expect(parse({ ...own, ...oidc, PASSWORD_SIGN_IN: 'off' })).toMatchObject({
      passwordSignIn: false,
      sso: {
        issuer: 'https://login.example.com/realms/staff',
        clientId: 'console',
        claim: 'groups',
        scopes: ['openid', 'email', 'profile'],
        roles: new Map([
          ['cn=admins,dc=example', 'admin'],
          ['everyone', 'viewer'],
        ]),
      },
    })
  })
  test.each<[string, Record<string, string>, readonly RegExp[]]>([
    ['half of it', { OIDC_CLIENT_ID: 'c' }, [/^OIDC_ISSUER is m/, /^OIDC_CLIENT_SECRET is m/, /^OIDC_ROLE_MAP is m/]],
    ['a role that is none', { ...oidc, OIDC_ROLE_MAP: 'a=admin; b=root' }, [/^OIDC_ROLE_MAP must be like/]],
    ['no role', { ...oidc, OIDC_ROLE_MAP: ' ; ' }, [/^OIDC_ROLE_MAP must be like/]],
    ['plain http', { ...oidc, OIDC_ISSUER: 'http://login.example.com' }, [/^OIDC_ISSUER must start with https/]],
    ['nobody could sign in', { PASSWORD_SIGN_IN: 'off' }, [/^OIDC_ISSUER is missing: with PASSWORD_SIGN_IN=off/]],
    ['neither on nor off', { PASSWORD_SIGN_IN: 'no' }, [/^PASSWORD_SIGN_IN must be off/]],
  ])('%s is refused', (_, more, expected) =>
    expect(faults({ ...own, ...more })).toEqual(expected.map((each) => expect.stringMatching(each))),
  )
})

test('everything wrong is said at once, and no value with it', () => {
  const broken = 'has a blank in it'
  const all = faults({ SWR_REGION: 'Not A Region', CLOUD_SDK_SK: broken, HOST: '*', PORT: 'x', CONSOLE_SECRET: 'x' })
  expect(all.map((fault) => fault.split(' ')[0])).toEqual(
    expect.arrayContaining([
      'SWR_REGION',
      'SWR_PROJECT_ID',
      'CLOUD_SDK_AK',
      'CLOUD_SDK_SK',
      'HOST',
      'PORT',
      'CONSOLE_SECRET',
    ]),
  )
  expect(all).toHaveLength(7)
  expect(all.join()).not.toContain(broken)
})

test('an environment without a connection says what makes one', () => {
  expect(faults({})).toEqual([expect.stringContaining('SWR_CONNECTIONS_FILE')])
  expect(faults({ CLOUD_SDK_AK: own.CLOUD_SDK_AK })).toEqual(
    ['SWR_REGION', 'SWR_PROJECT_ID', 'CLOUD_SDK_SK'].map((name) => `${name} is missing`),
  )
})

describe('connections from a file', () => {
  const entry = (more = '') => `
- id: prod
  name: Production
  region: cn-north-4
  project: 0a1b2c3d
  access: {env: PROD_AK}
  secret: {file: keys/sk}
${more}`
  const keys = { PROD_AK: 'PRODACCESSKEY0000001' }

  test('secrets come from a variable or a file beside it', () => {
    expect(parse(keys, entry()).connections).toEqual([
      {
        id: 'prod',
        name: 'Production',
        region: 'cn-north-4',
        project: '0a1b2c3d',
        endpoint: 'https://swr-api.cn-north-4.myhuaweicloud.com',
        credential: { access: keys.PROD_AK, secret: 'SecretFromAFile0001', securityToken: undefined },
        secretFiles: { secret: '/etc/console/keys/sk' },
      },
    ])
  })

  test('the one by environment is there as well, if asked for', () => {
    expect(parse({ ...keys, ...own }, entry()).connections.map(({ id }) => id)).toEqual(['default', 'prod'])
    const { CLOUD_SDK_AK, CLOUD_SDK_SK } = own
    expect(parse({ ...keys, CLOUD_SDK_AK, CLOUD_SDK_SK }, entry()).connections.map(({ id }) => id)).toEqual(['prod'])
  })

  test('a secret in the file is refused and not repeated', () => {
    const all = faults(keys, entry().replace('{file: keys/sk}', 'InlineSecret0001'))
    expect(all).toEqual([
      expect.stringMatching(/^SWR_CONNECTIONS_FILE\[0\]\.secret must be .* not written into this file$/),
    ])
    expect(all.join()).not.toContain('InlineSecret0001')
  })

  test.each([
    'api',
    'sign-in',
    'audit',
    'users',
    'settings',
    'in-use',
    '_next',
    'A',
    '-a',
    'a/b',
    '..',
    'x'.repeat(41),
  ])('id %s is refused', (id) =>
    expect(faults(keys, entry().replace('id: prod', `id: ${id}`))).toEqual([expect.stringMatching(/\[0\]\.id must/)]),
  )

  test.each([
    ['twice the same id', keys, entry(entry()), 'connection id prod is used more than once'],
    [
      'the id of the one by environment',
      { ...keys, ...own },
      entry().replace('prod', 'default'),
      'connection id default is used',
    ],
    ['a variable that is not set', {}, entry(), 'SWR_CONNECTIONS_FILE[0].access (variable PROD_AK) is missing'],
    [
      'a file that is not there',
      keys,
      entry().replace('keys/sk', 'keys/none'),
      '.secret (file keys/none) cannot be read (ENOENT)',
    ],
    ['a key that nobody knows', keys, entry('  regoin: x'), 'SWR_CONNECTIONS_FILE[0] has unknown keys: regoin'],
    ['no list', keys, 'prod: {}', 'must be a list of connections'],
    ['an empty list', keys, '[]', 'must be a list of connections'],
    ['an entry that is none', keys, '- prod', 'SWR_CONNECTIONS_FILE[0]'],
  ])('%s', (_, source, yaml, expected) => {
    const all = faults(source, yaml)
    expect(all).toHaveLength(1)
    expect(all[0]).toContain(expected)
  })

  test('broken YAML is not quoted', () => {
    const all = faults(keys, '- secret: "InlineSecret0001\n  : [')
    expect(all).toEqual([expect.stringMatching(/^SWR_CONNECTIONS_FILE \/etc\/console\/swr\.yaml cannot be read/)])
    expect(all.join()).not.toContain('Inline')
  })

  test('a file that is missing', () => {
    expect(faults({ SWR_CONNECTIONS_FILE: '/nowhere.yaml' })).toEqual([
      'SWR_CONNECTIONS_FILE /nowhere.yaml cannot be read (ENOENT)',
    ])
  })
})
