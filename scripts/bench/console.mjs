import { freePort } from '../port.mjs'
import { root } from '../run.mjs'
import { serve } from '../serve.mjs'
import { whileRunning } from './while-running.mjs'

export async function signIn(address, { email, password }) {
  const answer = await fetch(`${address}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { origin: address, 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  const [cookie] = answer.headers.getSetCookie()
  if (!cookie) throw new Error(`Sign-in failed: ${answer.status}.`)
  return cookie.split(';', 1)[0]
}

/** The pages that are measured, with what the sandbox holds for them. */
async function findPages(address, cookie) {
  const api = `${address}/api/swr/default/v2/-/instances`
  async function first(path, key, fits = () => true) {
    const answer = await fetch(api + path, { headers: { cookie } })
    const row = (await answer.json())[key]?.find(fits)
    if (!row) throw new Error(`The sandbox has no matching ${key}: ${answer.status}.`)
    return row
  }
  const { id } = await first('', 'instances')
  const read = `/${id}/replication/policies?offset=0&limit=10`
  const policy = await first(read, 'policies')
  const retention = await first(`/${id}/retention/policies?offset=0&limit=10`, 'retentions')
  const runs = `/${id}/replication/executions?offset=0&limit=100`
  const run = await first(runs, 'executions', ({ status, total }) => status === 'Failed' && total > 10)
  const at = `/default/instances/${id}`
  const pages = [
    { name: 'replication policies', path: `${at}/replication`, kind: 'list' },
    { name: 'new policy', path: `${at}/replication/new`, kind: 'form' },
    { name: 'edit policy', path: `${at}/replication/${policy.id}/edit`, kind: 'form' },
    { name: 'replication run', path: `${at}/replication/${run.policy_id}/executions/${run.id}`, kind: 'list' },
    { name: 'retention policies', path: `${at}/retention`, kind: 'list' },
    { name: 'edit retention', path: `${at}/retention/${retention.namespace_name}/${retention.id}/edit`, kind: 'form' },
    { name: 'manual sync', path: '/default/sync', kind: 'form' },
  ]
  return { pages, list: `${address}${at}/replication`, signIn: `${address}/sign-in`, read: api + read }
}

/**
 * Serves the console with its sandbox while `work` measures: its pages, and the cookies of signed-in people. Each of them has
 * a quota of requests to SWR that one alone would use up. `options` are more of `serve`.
 */
export async function withConsole(work, options = {}) {
  const running = await serve({ port: String(await freePort(3000)), silent: true, ...options })
  const { address, pids, sandbox } = running
  return await whileRunning(running, async () => {
    const { tsImport } = await import('tsx/esm/api')
    const { demoAccounts } = await tsImport('./lib/auth/demo.ts', `file://${root}`)
    const admin = demoAccounts.find(({ role }) => role === 'admin')
    const cookie = await signIn(address, admin)
    const cookies = [cookie]
    for (const account of demoAccounts) if (account !== admin) cookies.push(await signIn(address, account))
    return await work({ address, sandbox, pid: pids.console, cookie, cookies, ...(await findPages(address, cookie)) })
  })
}
