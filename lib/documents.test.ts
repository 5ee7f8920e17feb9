import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { syncFaults } from './sandbox/basic/sync-faults'
import { faults } from './sandbox/faults'
import { retentionFaults } from './sandbox/retention/faults'
import { copyFaults } from './sandbox/runs/copy-faults'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const sources = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => /\.(tsx?|mjs)$/.test(name))

const documents = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
]

/** Texts between back quotes, and lines of fenced shell blocks. */
const commands = (text: string) => [
  ...[...text.matchAll(/`(npm (?:run )?[\w-]+[^`]*)`/g)].map(([, command = '']) => command),
  ...[...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
    block.split('\n').filter((line) => line.startsWith('npm ')),
  ),
]

describe.each(documents)('%s', (file) => {
  test('links lead somewhere', () => {
    const links = [...read(file).matchAll(/\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)/g)].map(([, link = '']) => link)
    expect(links.filter((link) => !existsSync(join(root, dirname(file), link)))).toEqual([])
  })

  test('files and folders that are named exist', () => {
    const named = [...read(file).matchAll(/`((?:app|components|lib|e2e|scripts|docs|deploy)\/[\w@./-]+\w)`/g)]
    expect(named.map(([, path = '']) => path).filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  test('npm commands exist', () => {
    const scripts = Object.keys(JSON.parse(read('package.json')).scripts)
    const names = commands(read(file)).map((command) => /^npm (?:run )?([\w-]+)/.exec(command)?.[1] ?? '')
    expect(names.filter((name) => !['install', 'ci', ...scripts].includes(name))).toEqual([])
  })
})

test('the Chinese README has the headings and commands of the English one', () => {
  const shape = (text: string) => ({
    headings: [...text.matchAll(/^#+ /gm)].map(([level]) => level),
    commands: commands(text),
    links: [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link).slice(1),
  })
  expect(shape(read('README.zh-CN.md'))).toEqual(shape(read('README.md')))
})

test('every variable of the console is documented', () => {
  const text = sources('lib/env')
    .filter((file) => !file.endsWith('.test.ts'))
    .map(read)
    .join('\n')
  const variable =
    /\b((?:SWR|CLOUD_SDK|CONSOLE|OIDC)_[A-Z_]+|HOST|PORT|DATA_DIR|DATABASE_URL|PASSWORD_SIGN_IN|TRUSTED_PROXIES)\b/g
  const names = new Set([...text.matchAll(variable)].map(([name]) => name))
  expect(names.size).toBeGreaterThan(15)
  const documented = read('docs/configuration.md')
  expect([...names].filter((name) => !documented.includes(`\`${name}\``))).toEqual([])
})

test('every fault that the sandbox can be asked for is documented', () => {
  const documented = read('docs/sandbox.md')
  const names = [faults, copyFaults, syncFaults, retentionFaults].flatMap((each) => Object.keys(each))
  expect(names.filter((name) => !documented.includes(`\`${name}\``))).toEqual([])
})

test('sections of the API notes that comments cite exist', () => {
  const notes = read('docs/swr-api.md')
  const sections = new Set([...notes.matchAll(/^## (\d+)\./gm)].map(([, number]) => number))
  const cited = ['app', 'components', 'lib', 'e2e', 'scripts']
    .flatMap(sources)
    .flatMap((file) => [...read(file).matchAll(/docs\/swr-api\.md section (\d+)/g)].map(([, number]) => number))
  expect(cited.length).toBeGreaterThan(50)
  expect(cited.filter((number) => !sections.has(number))).toEqual([])
})
