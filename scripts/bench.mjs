import { ensureBuilt } from './build.mjs'
import { ensureChromium } from './chromium.mjs'
import { ensureInstalled } from './install.mjs'
import { measure } from './bench/page-sizes.mjs'
import { freePort } from './port.mjs'
import { fail, root } from './run.mjs'
import { serve } from './serve.mjs'

const list = { script: 215_000, requests: 15 }
const form = { script: 270_000, requests: 15 }
const stillness = 0.01

await ensureInstalled()
const executablePath = await ensureChromium()
await ensureBuilt()
const { address, stop } = await serve({ port: String(await freePort(3000)) })

const { tsImport } = await import('tsx/esm/api')
const { demoAccounts } = await tsImport('./lib/auth/demo.ts', `file://${root}`)
const { email, password } = demoAccounts.find(({ role }) => role === 'admin')
const signedIn = await fetch(`${address}/api/auth/sign-in/email`, {
  method: 'POST',
  headers: { origin: address, 'content-type': 'application/json' },
  body: JSON.stringify({ email, password }),
})
const [cookie] = (signedIn.headers.getSetCookie()[0] ?? fail(`Sign-in failed: ${signedIn.status}.`)).split(';')

async function first(path, key, fits = () => true) {
  const answer = await fetch(`${address}/api/swr/default/v2/-/instances${path}`, { headers: { cookie } })
  const rows = (await answer.json())[key] ?? []
  return rows.find(fits) ?? fail(`The sandbox has no matching ${key}: ${answer.status}.`)
}

const { id } = await first('', 'instances')
const policy = await first(`/${id}/replication/policies?offset=0&limit=10`, 'policies')
const retention = await first(`/${id}/retention/policies?offset=0&limit=10`, 'retentions')
const runs = `/${id}/replication/executions?offset=0&limit=100`
const run = await first(runs, 'executions', ({ status, total }) => status === 'Failed' && total > 10)
const at = `/default/instances/${id}`
const pages = [
  { name: 'replication policies', path: `${at}/replication`, budget: list, rowsInDocument: true },
  { name: 'new policy', path: `${at}/replication/new`, budget: form },
  { name: 'edit policy', path: `${at}/replication/${policy.id}/edit`, budget: form },
  {
    name: 'replication run',
    path: `${at}/replication/${run.policy_id}/executions/${run.id}`,
    budget: list,
    rowsInDocument: true,
  },
  { name: 'retention policies', path: `${at}/retention`, budget: list, rowsInDocument: true },
  { name: 'edit retention', path: `${at}/retention/${retention.namespace_name}/${retention.id}/edit`, budget: form },
  { name: 'manual sync', path: '/default/sync', budget: form },
]

const kilo = (bytes) => `${(bytes / 1000).toFixed(1)} kB`
const faults = []
const rows = []
for (const { name, path, budget, rowsInDocument } of pages) {
  const seen = await measure({ executablePath, address: address + path, cookie })
  const fault = (wrong, text) => wrong && faults.push(`${name}: ${text}`)
  fault(seen.status !== 200, `answered ${seen.status}`)
  fault(seen.script === 0, 'no script was loaded')
  fault(seen.script > budget.script, `${kilo(seen.script)} of JavaScript, ${kilo(budget.script)} allowed`)
  const asked = seen.requests.map(({ path, bytes }) => `\n    ${kilo(bytes)} ${path}`)
  fault(asked.length > budget.requests, `${asked.length} requests, ${budget.requests} allowed:${asked.join('')}`)
  const moved = seen.shift.moved.map((what) => `\n    ${what}`).join('')
  fault(seen.shift.sum >= stillness, `the layout shifts by ${seen.shift.sum.toFixed(3)}:${moved}`)
  fault(seen.plain.length > 0, `not compressed: ${seen.plain.join(', ')}`)
  fault(
    rowsInDocument && seen.calls.length > 0,
    `requests data that the document already contains: ${seen.calls.join(', ')}`,
  )
  rows.push({
    page: name,
    JavaScript: kilo(seen.script),
    allowed: kilo(budget.script),
    'all bytes': kilo(seen.bytes),
    requests: asked.length,
    'API calls': seen.calls.length,
    'layout shift': seen.shift.sum.toFixed(3),
  })
}
await stop()
console.table(rows)
if (faults.length) fail(`Over budget:\n  ${faults.join('\n  ')}`)
console.log('Every page is within its budget. Sizes are compressed transfer sizes until the page is idle.')
process.exit(0)
