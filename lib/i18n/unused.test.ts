import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { auditOperations, switchActs } from '../../components/audit/audit-operations'
import { auditKinds } from '../contract/audit-kinds'
import { checkSections } from '../contract/console/checks'
import { policyKinds } from '../contract/vocabulary'
import { fieldCodes } from '../policy/validation-codes'
import { themes } from '../theme'
import { messageReferences } from './message-references'
import { messages } from './messages'

const root = fileURLToPath(new URL('../..', import.meta.url))

const sources = ['app', 'components', 'lib'].flatMap((folder) =>
  readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
    .map((name) => readFileSync(`${root}${folder}/${name}`, 'utf8'))
    .filter((source) => /\b(use|get)Translations\b/.test(source)),
)

const references = sources.flatMap(messageReferences)

/** Namespaces that are asked for a key held in a variable, and the values it takes. */
const variableKeys: Readonly<Record<string, readonly string[]>> = {
  field: fieldCodes,
  settings: themes,
  code: ['curl', 'json', 'terraform'],
  'audit.filter.place': policyKinds,
  'audit.operation': [...auditOperations, ...switchActs],
  'checks.unread': checkSections,
  'audit.kind': auditKinds,
}

const leaves = (tree: object, above = ''): string[] =>
  Object.entries(tree).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? leaves(value, `${above}${key}.`) : [`${above}${key}`],
  )

const namedBy = (source: string) => messageReferences(source).map(({ namespace, keys }) => keys?.source ?? namespace)

test('finds keys that are written out, and each branch of a choice', () => {
  expect(
    namedBy(`
      function One() {
        const t = useTranslations('one')
        return <b title={t('title')}>{t.rich('a.b', {})}{t(on ? 'yes' : 'no')}</b>
      }`),
  ).toEqual(['^one\\.(?:title)$', '^one\\.(?:a\\.b)$', '^one\\.(?:yes|no)$'])
})

test('finds the fixed parts of keys that are put together', () => {
  const [{ keys } = { keys: null }] = messageReferences(
    `const t = useTranslations('one'); t(\`kind.\${kind}.\${is ? 'title' : 'text'}\`)`,
  )
  const named = ['one.kind.a.title', 'one.kind.a.text', 'one.kind.a.do', 'one.kind.a.b.title', 'one.kind'].filter(
    (key) => keys?.test(key),
  )
  expect(named).toEqual(['one.kind.a.title', 'one.kind.a.text'])
})

test('tells translators of the same name in two functions apart', () => {
  expect(
    namedBy(`
      function One() { const t = useTranslations('one'); return () => t('x') }
      async function Two() { const [a, t] = await Promise.all([b, getTranslations('two')]); return t('x') }
      function Three() { return t('x') }`),
  ).toEqual(['^one\\.(?:x)$', '^two\\.(?:x)$'])
})

test('says of a key in a variable only whose it is', () => {
  expect(namedBy("const t = useTranslations('one'); t(code)")).toEqual(['one'])
})

test('knows the values of every key that is held in a variable', () => {
  const namespaces = references.filter(({ keys }) => keys === null).map(({ namespace }) => namespace)
  expect([...new Set(namespaces)].sort()).toEqual(Object.keys(variableKeys).sort())
})

test('every text is shown somewhere', () => {
  const listed = new Set(Object.entries(variableKeys).flatMap(([above, keys]) => keys.map((key) => `${above}.${key}`)))
  const unused = leaves(messages.en).filter(
    (key) => !listed.has(key) && !references.some(({ keys }) => keys?.test(key)),
  )
  expect(unused).toEqual([])
})
