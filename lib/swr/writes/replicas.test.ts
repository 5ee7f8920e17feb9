import { afterAll, beforeAll, expect, test } from 'vitest'
import { listEntries } from '../../audit/search'
import { withAudit } from '../../audit/with-audit'
import { openDb } from '../../db/open'
import { listRevisions } from '../../db/revisions'
import type { Db } from '../../db/schema'
import { redactor } from '../../net/redact'
import { demo } from '../../sandbox/demo'
import { type Sandbox, startSandbox } from '../../sandbox/start'
import { startTestConsole } from '../../testing/console'
import { hasPostgres, newPostgres } from '../../testing/database'
import { demoAt } from '../../testing/sandbox'
import { requestSwr } from '../client'
import { connection } from '../connection'
import { performWrite } from './update'

let sandbox: Sandbox
let replicas: Db[] = []
let closing: (() => Promise<void>)[] = []

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, controlPort: 0 })
  if (!hasPostgres()) return
  const url = await newPostgres()
  const both = [openDb(url), openDb(url)]
  await startTestConsole(both[0] ?? openDb(url), demoAt(sandbox.url))
  const opened = await Promise.all(both)
  replicas = opened.map(({ db }) => db)
  closing = opened.map(({ close }) => close)
})
afterAll(async () => {
  await sandbox.close()
  for (const close of closing) await close()
})

const actor = { id: 'a', name: 'A', email: 'a@example.com', role: 'admin' } as const
const body = {
  name: 'nightly',
  dest_registry: { id: 3 },
  filters: [{ type: 'name' as const, value: '**' }],
  repo_scope_mode: 'regular' as const,
  trigger: { type: 'manual' as const },
  enabled: true,
}

test.runIf(hasPostgres())(
  'two consoles on one PostgreSQL let one of two writers through and share the log',
  async () => {
    const content = { registries: [{ id: 3, name: 'remote', type: 'swr-pro' }], policies: [{ ...body, id: 20 }] }
    const sent = { method: 'POST', body: JSON.stringify({ content }) }
    const { id } = await (await fetch(`${sandbox.controlUrl}/instances`, sent)).json()
    const params = { instance_id: String(id), policy_id: '20' }
    const { content_hash: ifMatch } = await requestSwr(actor, 'default', 'replicationShow', { params })

    const name = 'replicationUpdate'
    const opening = { actor, operation: name, connection: 'default', instance: params.instance_id, objectId: '20' }
    const writing = replicas.map((db, index) =>
      withAudit({ db, redact: redactor([demo.secret]) }, opening, 60, (entry) => {
        const asked = { params, body: { ...body, description: `by ${index}` }, ifMatch }
        return performWrite({ db, actor, target: connection('default'), name, asked, entry })
      }).then(
        () => 'done',
        ({ problem }) => problem.code,
      ),
    )
    expect((await Promise.all(writing)).sort()).toEqual(['changed_meanwhile', 'done'])

    const place = { connection: 'default', instance: params.instance_id, kind: 'replication', objectId: '20' } as const
    for (const db of replicas) {
      const { entries } = await listEntries(db, { instance: params.instance_id }, { offset: 0, limit: 9 })
      expect(entries.map(({ outcome }) => outcome).sort()).toEqual(['denied', 'done'])
      const versions = await listRevisions(db, place, { offset: 0, limit: 9 })
      expect(versions.entries.map(({ source }) => source)).toEqual(['console', 'seen'])
    }
  },
)
