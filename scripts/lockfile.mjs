import { readFileSync } from 'node:fs'
import { fail, root } from './run.mjs'

const { packages } = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8'))

/** Where Node would find `name` from the package at `place`: its own folder first, then every folder above. */
function resolve(place, name) {
  for (let folder = place; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    const entry = packages[`${folder ? `${folder}/` : ''}node_modules/${name}`]
    if (entry || folder === '') return entry
  }
}

const exact = /^\d+\.\d+\.\d+[\w.+-]*$/
const wrong = Object.entries(packages).flatMap(([place, entry]) => [
  ...(entry.resolved ? [`${place} names a download address`] : []),
  // npm leaves a binary of another system out without a word when it cannot be had, and `npm ci` then refuses the file.
  ...Object.entries(entry.optionalDependencies ?? {}).flatMap(([name, wanted]) => {
    const found = resolve(place, name)
    if (!found) return [`${place || 'package.json'} wants ${name}@${wanted}, which has no entry`]
    const other = exact.test(wanted) && found.version !== wanted
    return other ? [`${place} wants ${name}@${wanted}, the entry is ${found.version}`] : []
  }),
])

if (wrong.length) fail(`package-lock.json is not complete:\n  ${wrong.join('\n  ')}`)
console.log(`package-lock.json is complete: ${Object.keys(packages).length} entries`)
