import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fail, root } from './run.mjs'

// dependency-cruiser reads TypeScript 7 by way of swc, whose parser it never tells that a file holds JSX.
const swc = createRequire(import.meta.url)('@swc/core')
const { parseFileSync } = swc
swc.parseFileSync = (file, options) => parseFileSync(file, { ...options, tsx: file.endsWith('.tsx') })

const { cruise } = await import('dependency-cruiser')
const { default: rules } = await import('../.dependency-cruiser.mjs')
process.chdir(root)

const roots = ['app', 'components', 'lib', 'e2e', 'proxy.ts', 'instrumentation.ts', 'instrumentation-client.ts']
const checked = await cruise(roots, {
  ...rules.options,
  validate: true,
  ruleSet: { forbidden: rules.forbidden },
  outputType: 'err',
})
if (checked.exitCode) fail(checked.output)

// Folders of lib, and everything above them as one: what a newcomer can take in at a glance.
const test = '\\.(test|e2e)\\.tsx?$|^lib/(testing|sandbox)/|^lib/vitest\\.config\\.ts$'
const { output } = await cruise(['app', 'components', 'lib'], {
  ...rules.options,
  exclude: { path: [rules.options.exclude.path, test, '\\.(json|css|svg|yaml)$'] },
  includeOnly: '^(app|components|lib)/',
  collapse: '^(app|components|lib/[^/]+)',
  outputType: 'json',
})
const { modules } = JSON.parse(output)
const arrows = modules
  .flatMap(({ source, dependencies }) => dependencies.map(({ resolved }) => [source, resolved]))
  .filter(([from, to]) => from !== to)
// What a folder reaches through another one needs no arrow of its own.
const next = Map.groupBy?.(arrows, ([from]) => from) ?? groupBy(arrows)
const picture = [
  'flowchart TD',
  ...arrows
    .filter(([from, to]) => !reaches(from, to))
    .map(([from, to]) => `  ${from.replaceAll('/', '_')}[${from}] --> ${to.replaceAll('/', '_')}[${to}]`),
].join('\n')

function groupBy(pairs) {
  const groups = new Map()
  for (const pair of pairs) groups.set(pair[0], [...(groups.get(pair[0]) ?? []), pair])
  return groups
}

/** Whether `to` can be reached from `from` by two arrows or more. */
function reaches(from, to, seen = new Set([from])) {
  return (next.get(from) ?? []).some(([, between]) => {
    if (between === to || seen.has(between)) return false
    seen.add(between)
    return (next.get(between) ?? []).some(([, last]) => last === to) || reaches(between, to, seen)
  })
}

const file = `${root}docs/architecture.md`
const text = readFileSync(file, 'utf8')
const drawn = text.replace(/(?<=```mermaid\n)[^`]*(?=\n```)/, picture)
if (process.argv.includes('--write')) writeFileSync(file, drawn)
else if (drawn !== text) fail('The picture in docs/architecture.md is out of date: npm run architecture -- --write')
console.log(checked.output.trim())
