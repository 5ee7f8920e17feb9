import { existsSync, readdirSync } from 'node:fs'
import { installFromDebian } from './debian.mjs'
import { fail } from './run.mjs'

const debian = '/usr/lib/postgresql'

function find() {
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  return [process.env.POSTGRES_BIN, ...versions.map((version) => `${debian}/${version}/bin`)].find(
    (folder) => folder && existsSync(`${folder}/initdb`),
  )
}

/**
 * Folder of PostgreSQL's programs for the tests of the database, installed from Debian's packages where we may. Empty where
 * it is not there: the tests then say that they skip it. In CI they must not.
 */
export async function ensurePostgres() {
  const found = find()
  if (found) return found
  await installFromDebian('PostgreSQL', 'postgresql')
  const installed = find()
  if (!installed && process.env.CI) fail('The tests of the database need PostgreSQL here, and it cannot be installed.')
  return installed ?? ''
}
