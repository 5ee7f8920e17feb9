import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { encodeFiles } from './encode.mjs'
import { fail, next, root, runNode } from './run.mjs'

const stamp = `${root}.next/sources`
// Nothing else can reach the bundle.
const sources = ['app', 'components', 'lib', 'public', 'instrumentation.ts', 'instrumentation-client.ts', 'proxy.ts']
const settings = [
  'next.config.mjs',
  'postcss.config.mjs',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'scripts/encode.mjs',
]
const ignored = /\.(test\.tsx?|d\.json\.ts)$|^lib\/sandbox\//

function filesOf(entry) {
  if (!existsSync(root + entry)) return []
  if (/\.\w+$/.test(entry)) return [entry]
  return readdirSync(root + entry, { recursive: true, withFileTypes: true })
    .filter((found) => found.isFile())
    .map((found) => `${found.parentPath}/${found.name}`.replaceAll('\\', '/').slice(root.length))
}

/** Contents, not times: a fresh clone and a branch switched back and forth are seen for what they are. */
function fingerprint() {
  const hash = createHash('sha256')
  for (const file of [...sources, ...settings].flatMap(filesOf).sort()) {
    if (!ignored.test(file)) hash.update(`${file}\0`).update(readFileSync(root + file))
  }
  return hash.digest('hex')
}

export async function build({ silent = false } = {}) {
  const before = fingerprint()
  const code = await runNode([next, 'build'], {}, silent)
  if (code !== 0) return code
  await encodeFiles()
  writeFileSync(stamp, before)
  return code
}

/** Builds when there is no build or the sources are not those it was made from; `silent`: with one line instead of many. */
export async function ensureBuilt({ silent = false } = {}) {
  const built =
    existsSync(`${root}.next/BUILD_ID`) && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint()
  if (!built && silent) console.log('Building the console. This takes a minute or two, once.')
  if (!built && (await build({ silent })) !== 0) fail('The build failed: see above.')
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exit(await build())
