import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path/posix'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

/*
 * The law of the house: who may import whom, where secrets and environment may be read, what a file may look like.
 * Each rule answers with the offenders, so that a failure names the file and the reason.
 */

const root = fileURLToPath(new URL('..', import.meta.url))
/** A test, or what tests share. */
const isTest = (file: string) => /\.(test|e2e)\.tsx?$|^lib\/testing\//.test(file)

const files = ['app', 'components', 'lib', 'e2e']
  .flatMap((folder) =>
    readdirSync(root + folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  )
  .concat(
    ['instrumentation.ts', 'instrumentation-client.ts', 'proxy.ts'].filter((name) => readdirSync(root).includes(name)),
  )
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.json.ts'))
const source = new Map(files.map((file) => [file, readFileSync(root + file, 'utf8')]))
const production = files.filter((file) => !isTest(file) && !file.startsWith('e2e/'))

interface Import {
  /** A file of ours as a path from the root, without extension; otherwise the package as written. */
  target: string
  ours: boolean
  typeOnly: boolean
}

function importsOf(file: string): Import[] {
  const text = source.get(file) ?? ''
  const found = [
    ...text.matchAll(/^\s*(?:import|export)\s+(type\s)?[^'"`;]*?\bfrom\s+['"]([^'"]+)['"]/gm),
    ...text.matchAll(/^\s*import\s+()['"]([^'"]+)['"]/gm),
    ...text.matchAll(/\bimport\(()\s*['"]([^'"]+)['"]\s*\)/g),
  ]
  return found.map(([, type, name = '']) => {
    const typeOnly = Boolean(type)
    if (name.startsWith('@/')) return { target: name.slice(2), ours: true, typeOnly }
    if (name.startsWith('.')) return { target: join(dirname(file), name), ours: true, typeOnly }
    return { target: name, ours: false, typeOnly }
  })
}

/** The file behind an import of ours; undefined for styles, messages and other things that are no module of ours. */
const fileOf = (target: string) => [target, `${target}.ts`, `${target}.tsx`].find((name) => source.has(name))

const offenders = (list: readonly string[], wrong: (file: string, text: string) => boolean) =>
  list.filter((file) => wrong(file, source.get(file) ?? ''))

describe('who may import whom', () => {
  test('routes are imported by nobody, the sandbox only by itself and by tests', () => {
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter(({ target, ours }) => {
          if (!ours) return false
          if (target.startsWith('app/')) return !file.startsWith('app/')
          return target.startsWith('lib/sandbox/') && !/^(lib\/sandbox|e2e)\//.test(file) && !isTest(file)
        })
        .map(({ target }) => `${file} imports ${target}`),
    )
    expect(wrong).toEqual([])
  })

  test('what tests share is imported by tests only', () => {
    const wrong = production.flatMap((file) =>
      importsOf(file)
        .filter(({ target, ours }) => ours && isTest(fileOf(target) ?? ''))
        .map(({ target }) => `${file} imports ${target}`),
    )
    expect(wrong).toEqual([])
  })

  test('every import of ours leads to a file', () => {
    const known = (target: string) => fileOf(target) !== undefined || /\.(json|css|svg)$/.test(target)
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter(({ target, ours }) => ours && !known(target))
        .map(({ target }) => `${file} imports ${target}`),
    )
    expect(wrong).toEqual([])
  })

  test('the browser never gets the large schema library nor server code', () => {
    const seen = new Map<string, string>()
    const queue = production.filter(
      (file) => file.startsWith('components/') || /^['"]use client['"]/.test(source.get(file) ?? ''),
    )
    for (const file of queue) seen.set(file, file)
    const wrong: string[] = []
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      for (const { target, typeOnly, ours } of importsOf(file)) {
        if (typeOnly) continue
        const way = `${seen.get(file)} > ${target}`
        if (!ours && /^(zod|zod\/v4|server-only|undici|pino|yaml|node:.*)$/.test(target)) wrong.push(way)
        const next = ours ? fileOf(target) : undefined
        if (next === undefined || seen.has(next)) continue
        seen.set(next, way)
        queue.push(next)
      }
    }
    expect(wrong).toEqual([])
  })
})

test('writes whose role was checked as part of a larger operation are sent by those operations only', () => {
  const home = /^lib\/(swr\/client|insight\/[\w/-]+)\.ts$/
  expect(
    offenders(files, (file, text) => /\brequestSwrAsSystem\b/.test(text) && !home.test(file) && !isTest(file)),
  ).toEqual([])
})

describe('secrets stay on the server', () => {
  test('server modules begin by saying so', () => {
    const server =
      /^lib\/((api|audit|swr|insight|env)\/(?!(sign|credential)\.ts)|query\/prefetch|start|cache|net\/(?!loopback\.ts)|auth\/(?!demo\.ts)|db\/(?!drizzle\.config\.ts))/
    const list = production.filter((file) => server.test(file))
    expect(offenders(list, (_, text) => !/^import 'server-only'$/m.test(text.split('\n', 1)[0] ?? ''))).toEqual([])
  })

  test('the environment is read in one place for each process', () => {
    const readers = /^(lib\/env\/[\w-]+|lib\/sandbox\/env|e2e\/playwright\.config)\.ts$/
    // Next replaces these two while it builds: they say which bundle this is and are no configuration.
    const constants: Record<string, RegExp> = {
      'instrumentation.ts': /process\.env\.NEXT_RUNTIME/g,
      'proxy.ts': /process\.env\.NODE_ENV/g,
    }
    const wrong = offenders(files, (file, text) => {
      const constant = constants[file]
      return (
        !readers.test(file) &&
        !isTest(file) &&
        /process\.env|NEXT_PUBLIC_/.test(constant ? text.replace(constant, '') : text)
      )
    })
    expect(wrong).toEqual([])
  })
})

test('the commands take an empty variable for an unset one, as the console does', () => {
  // With an empty host Next would listen on every address of the machine.
  const scripts = readdirSync(`${root}scripts`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.mjs') && !name.includes('.next/'))
    .map((name) => `scripts/${name}`)
  const otherwise = /process\.env\.\w+ \?\?|\} = process\.env/
  expect(scripts.filter((file) => otherwise.test(readFileSync(root + file, 'utf8')))).toEqual([])
})

describe('what a file looks like', () => {
  const required =
    /^app\/.*\/?(page|layout|error|global-error|not-found|loading|template|default|manifest|robots)\.tsx?$|\.config\.ts$|^proxy\.ts$/
  // Both runners ask for a default export of what they call.
  const runner = /^(e2e\/(global-)?setup|lib\/i18n\/request)\.ts$/

  test('names are kebab-case and say a subject', () => {
    const odd = /\/(utils?|helpers?|misc|common|index)\.tsx?$/
    const kebab = /^[a-z0-9-]+(\.(test|e2e|config|d))?\.tsx?$/
    expect(offenders(files, (file) => odd.test(file) || !kebab.test(file.slice(file.lastIndexOf('/') + 1)))).toEqual([])
  })

  test('pages and layouts are server components', () => {
    const pages = files.filter((file) => /^app\/.*(page|layout)\.tsx$/.test(file))
    expect(offenders(pages, (_, text) => /^\s*['"]use client['"]/m.test(text))).toEqual([])
  })

  test('default exports only where a framework asks for one', () => {
    const free = files.filter((file) => !required.test(file) && !runner.test(file))
    expect(offenders(free, (_, text) => /^export default\b|\bas default\b/m.test(text))).toEqual([])
  })

  test('no file re-exports another whole', () => {
    expect(offenders(files, (_, text) => /^export \* from/m.test(text))).toEqual([])
  })

  test('at most 250 lines', () => {
    expect(offenders(production, (_, text) => text.trimEnd().split('\n').length > 250)).toEqual([])
  })

  test('browser tests: at most 400 lines', () => {
    const list = files.filter((file) => file.startsWith('e2e/'))
    expect(offenders(list, (_, text) => text.trimEnd().split('\n').length > 400)).toEqual([])
  })

  test('no type is forced and no complaint silenced', () => {
    const forced = /:\s*any\s*[;,)=\]}|>[]|\bas any\b|<any>|@ts-(ignore|nocheck|expect-error)|biome-ignore(?!.*:\s*\S)/
    const law = 'lib/architecture.test.ts'
    expect(offenders(files, (file, text) => file !== law && forced.test(text))).toEqual([])
  })

  test('the clock has one home, relative times another', () => {
    const clock = /\bimport \{[^}]*\buseNow\b[^}]*\} from 'next-intl'/
    expect(production.filter((file) => clock.test(source.get(file) ?? ''))).toEqual(['components/context/clock.ts'])
    const relative = production.filter((file) => source.get(file)?.includes('.relativeTime('))
    expect(relative).toEqual(['components/shell/relative-time.tsx'])
  })

  test('tooltips are our own: the native one answers neither keyboard nor touch', () => {
    const native = /<[a-z]\w*\b(?:[^<>]|=>)*?\stitle=/
    expect(offenders(production, (file, text) => file.endsWith('.tsx') && native.test(text))).toEqual([])
  })

  test('addresses come from lib/routes.ts', () => {
    const byHand = /\bhref=\{?['"`]\/|\b(push|replace|redirect|permanentRedirect|prefetch)\(\s*['"`]\//
    const list = production.filter((file) => /^(app|components)\//.test(file))
    expect(offenders(list, (_, text) => byHand.test(text))).toEqual([])
  })

  test('browser tests do not wait by the clock or for a silent network, answer for the server, or look for marks made for them', () => {
    // A request may be held back, as a slow network does; `continue()` without words of its own changes nothing.
    const soft =
      /networkidle|waitForTimeout\(|\.(fulfill|abort)\(|\.(continue|fallback)\([^)]|routeFromHAR|getByTestId|data-testid|test\.(only|skip|fixme)\(/
    const list = files.filter((file) => file.startsWith('e2e/'))
    expect(offenders(list, (_, text) => soft.test(text))).toEqual([])
  })

  test('nothing strays at the top', () => {
    const known = new Set(
      `.ci .dependency-cruiser.mjs .git .gitignore .npmrc CONTRIBUTING.md README.md README.zh-CN.md SECURITY.md app biome.json components deploy docs e2e lib next.config.mjs package-lock.json package.json
       instrumentation.ts instrumentation-client.ts postcss.config.mjs proxy.ts public scripts tsconfig.json`.split(
        /\s+/,
      ),
    )
    const made = /^(node_modules|\.next|\.data|next-env\.d\.ts|.*\.tsbuildinfo|\.env(\..*)?local)$/
    expect(readdirSync(root).filter((name) => !known.has(name) && !made.test(name))).toEqual([])
  })
})
