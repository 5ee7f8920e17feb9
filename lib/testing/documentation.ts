import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))
export const readText = (file: string): string => readFileSync(join(root, file), 'utf8')

const markdown = (folder: string) =>
  readdirSync(join(root, folder), { recursive: folder !== '.', encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name))

/** Every Markdown file of the project. */
export const documents: readonly string[] = [...markdown('.'), ...markdown('docs')]

/** Contents of a document's fenced shell blocks. */
export const shellBlocksOf = (file: string): readonly string[] =>
  [...readText(file).matchAll(/```(?:sh|bash|shell|console)\n([\s\S]*?)```/g)].map(([, block = '']) => block)

export const shellBlocks: readonly string[] = documents.flatMap(shellBlocksOf)

/** `NAME=value`: a line for a settings file, not a command. */
export const isSetting = (line: string): boolean => /^[A-Z][A-Z_]*=/.test(line)

const programs = 'npm|npx|node|openssl|curl|docker|git|psql|pg_dump|apt-get|sh|bash'
const inline = new RegExp(`\`((?:${programs})(?: [^\`\\n]*)?)\``, 'g')

/** `npm run a`, `b` and `c`: single steps of one sentence. */
const listed = (text: string) =>
  [...text.matchAll(/`npm run [\w-]+`((?:(?:, |、)`[\w-]+`)+)/g)].flatMap(([, rest = '']) =>
    [...rest.matchAll(/`([\w-]+)`/g)].map(([, name]) => `npm run ${name}`),
  )

/** Lines of shell blocks, and what begins with a known program between back quotes; without comments. */
export const documentedCommands: readonly string[] = [
  ...new Set(
    [
      ...shellBlocks.flatMap((block) => block.split('\n')).filter((line) => !isSetting(line)),
      ...documents.flatMap((file) => [...readText(file).matchAll(inline)].map(([, text = '']) => text)),
      ...documents.flatMap((file) => listed(readText(file))),
    ]
      .map((line) => line.replace(/\s+#.*/, '').trim())
      .filter(Boolean),
  ),
]
