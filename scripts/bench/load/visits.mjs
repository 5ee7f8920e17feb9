import { setTimeout } from 'node:timers/promises'
import { root } from '../../run.mjs'

/** As the screens do: while a listing is under way, and while a run moves. */
const listingMs = 1_500
const runMs = 3_000
const mostLooks = 80
/** So few that people who save meet each other. */
const contested = 6

const tsModule = async (file) => {
  const { tsImport } = await import('tsx/esm/api')
  return await tsImport(file, `file://${root}`)
}

/** Asks until the answer does not want to be asked again. */
async function poll(person, everyMs, ask, goesOn) {
  for (let looks = 1; ; looks += 1) {
    const answer = await ask(looks > 1)
    if (!answer || looks === mostLooks || person.isOver() || !goesOn(answer)) return answer
    await setTimeout(everyMs)
  }
}

const isRefreshing = ({ refreshing }) => refreshing

const views = [
  ...['offset=0&limit=20', 'offset=20&limit=20', 'offset=40&limit=20&sort=name&order=asc', 'q=payments', 'q=mirror'],
  ...[
    'last=failed%2Cpartly_failed',
    'direction=pull',
    'trigger=scheduled&sort=next&order=asc',
    'enabled=true&sort=last',
  ],
]
const pageViews = ['', '?page=2', '?q=payments', '?sort=name', '?enabled=on', '?trigger=scheduled']

/** What people do, with how often of a hundred times, and the roles that may. Whoever may not reads a list instead. */
export async function findVisits(site) {
  const { toRequest } = await tsModule('./lib/policy/replication/request.ts')
  const { readStatus } = await tsModule('./lib/policy/runs/status.ts')
  const pages = new URL(site.list).pathname
  const own = `/api/console/instances/default/${pages.split('/')[3]}`
  const swr = new URL(site.read).pathname
  const answer = await fetch(`${site.address}${swr}?offset=0&limit=100`, { headers: { cookie: site.cookie } })
  const { policies } = await answer.json()
  const enabled = policies.filter((policy) => policy.enabled)
  const isMoving = ({ execution, refreshing }) => refreshing || readStatus(execution.status).phase === 'running'

  const list = (person) =>
    poll(
      person,
      listingMs,
      (background) => person.json('list, read', `${own}/replication?${person.pick(views)}`, { background }),
      isRefreshing,
    )

  /** A form that is filled in: each change asks what would match. */
  async function preview(person) {
    await person.page('form, page', `${pages}/new`)
    const policy = person.pick(policies)
    const body = { ...toRequest(policy), name: `load-${Math.floor(person.random() * 1e6)}` }
    const filters = body.filters.map(({ type, value }) => ({ type, value: String(value) }))
    for (const length of [0.3, 0.6, 1]) {
      await person.think()
      const typed = filters.map(({ type, value }) => ({
        type,
        value: length === 1 ? value : `${value.slice(0, Math.ceil(value.length * length)).replace(/[{*?].*$/, '')}**`,
      }))
      const matches = { method: 'POST', body: { filters: typed, most: 50 } }
      await poll(person, listingMs, () => person.json('preview', `${own}/matches`, matches), isRefreshing)
    }
    const draft = { method: 'POST', body: { id: 0, name: body.name, policy: body } }
    await poll(person, listingMs, () => person.json('draft checks', `${own}/checks`, draft), isRefreshing)
  }

  /** Starts a run after a look at what it would copy, and watches it to its end. */
  async function run(person) {
    const { id } = person.pick(enabled)
    const plan = `${own}/replication/${id}/copy-plan`
    await poll(person, listingMs, (background) => person.json('copy plan', plan, { background }), isRefreshing)
    await person.think()
    const start = { method: 'POST', body: { policy_id: id } }
    const begun = await person.json('run, start', swr.replace(/policies$/, 'executions'), start)
    if (!begun) return
    await person.page('run, page', `${pages}/${id}/executions/${begun.id}`)
    const path = `${own}/replication/${id}/runs/${begun.id}`
    await poll(
      person,
      runMs,
      async (background) => {
        const [now] = await Promise.all([
          person.json('run, poll', path, { background }),
          person.json('run, tags', `${path}/tags?offset=0&limit=20`, { background }),
        ])
        return now
      },
      isMoving,
    )
  }

  /** Edits what was read; when somebody else was faster, reads again and saves on that. */
  async function save(person) {
    const { id } = person.pick(policies.slice(0, contested))
    for (let isSaved = false; !isSaved; ) {
      const policy = await person.json('policy, read', `${swr}/${id}`)
      if (!policy) return
      await person.think()
      const body = { ...toRequest(policy), description: `Edited ${Math.floor(person.random() * 1e9)}` }
      const written = { method: 'PUT', body, ifMatch: policy.content_hash }
      isSaved = !(await person.json('save', `${swr}/${id}`, written))?.conflict || person.isOver()
    }
  }

  const everybody = ['admin', 'operator', 'viewer']
  return [
    { often: 27, roles: everybody, visit: (person) => person.page('list, page', pages + person.pick(pageViews)) },
    { often: 34, roles: everybody, visit: list },
    {
      often: 15,
      roles: everybody,
      visit: (person) => person.page('policy, page', `${pages}/${person.pick(policies).id}`),
    },
    { often: 10, roles: everybody, visit: preview },
    { often: 3, roles: ['admin', 'operator'], visit: run },
    { often: 6, roles: ['admin'], visit: save },
    { often: 5, roles: everybody, visit: (person) => person.page('audit log, page', '/audit') },
  ].map(({ roles, visit, ...rest }) => ({
    ...rest,
    visit: (person) => (roles.includes(person.role) ? visit(person) : list(person)),
  }))
}

/** By how often each is done. */
function pickVisit({ random }, visits) {
  let left = random() * visits.reduce((sum, { often }) => sum + often, 0)
  for (const { often, visit } of visits) {
    left -= often
    if (left < 0) return visit
  }
}

/** One after the other, with time to think between, until it is over. */
export async function live(person, visits) {
  for (await person.think(); !person.isOver(); await person.think()) await pickVisit(person, visits)(person)
}
