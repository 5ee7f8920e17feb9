import { readFileSync, statSync } from 'node:fs'
import { fail, root, runNpm } from './run.mjs'

const modified = (file) => statSync(`${root}${file}`, { throwIfNoEntry: false })?.mtimeMs ?? 0

function requireNode() {
  const { engines } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
  const numbers = (text) => text.replace(/^\D*/, '').split('.').map(Number)
  const [major, minor = 0] = numbers(engines.node)
  const [ownMajor, ownMinor] = numbers(process.versions.node)
  if (ownMajor > major || (ownMajor === major && ownMinor >= minor)) return
  fail(`This project needs Node.js ${engines.node}; this is ${process.versions.node}.`)
}

/** Installs the locked packages when they are missing or older than the lockfile. */
export async function ensureInstalled() {
  requireNode()
  if (modified('node_modules/.package-lock.json') >= modified('package-lock.json')) return
  console.log('Installing packages (npm ci)')
  // Also installs what NODE_ENV=production would leave out: the build and the sandbox need it.
  if ((await runNpm(['ci', '--include=dev'])) !== 0) fail('npm ci failed: see above.')
}
