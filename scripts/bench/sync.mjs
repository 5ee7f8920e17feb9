import { setTimeout } from 'node:timers/promises'
import { withConsole } from './console.mjs'
import { residentBytes } from './process.mjs'

/* A manual sync of 10,000 cells by the production build: how long its parts take, and what others notice of it. */

const cells = 10_000
const source = 'large-tags'
const region = 'eu-west-101'
/** Sent by lines of as many repositories, as a release has them. */
const many = { source: 'many-services', repositories: 500 }
const regions = [region, 'ap-southeast-1', 'cn-east-3', 'cn-north-1', 'cn-south-1', 'cn-southwest-2']
/** Of the tags SWR says yes to what never arrives, or arrives late. */
const lies = 0.05
/** What never arrives is looked for so long. */
const verifyMinutes = 1
/** A call of 20 tags takes about 0.7 s: SWR copies what it answers for. */
const secondsPerGigabyte = 2
const pollMs = 1_000
const mostMs = 20 * 60_000

const percentile = (values, part) => values.toSorted((a, b) => a - b)[Math.ceil(values.length * part) - 1] ?? 0

async function timed(work) {
  const begun = performance.now()
  const result = await work()
  return { result, ms: performance.now() - begun }
}

export async function measureSync() {
  return await withConsole(
    async ({ address, sandbox, pid, cookie, list }) => {
      const headers = { cookie, origin: address, 'content-type': 'application/json' }
      async function ask(path, body) {
        const method = body === undefined ? 'GET' : 'POST'
        const sent = body === undefined ? {} : { body: JSON.stringify(body) }
        const answer = await fetch(`${address}/api/console/sync/default${path}`, { method, headers, ...sent })
        if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`)
        return await answer.json()
      }
      async function control(method, path, body) {
        const answer = await fetch(`http://127.0.0.1:${sandbox.control}${path}`, { method, body: JSON.stringify(body) })
        if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`)
        return await answer.json()
      }
      await control('POST', '/organizations', { name: source, region, repositories: [] })
      await control('PUT', '/mood', {
        organization: source,
        mood: 'as-recorded',
        lies,
        seed: 1,
        lateSeconds: 5,
        secondsPerGigabyte,
      })

      const repository = `${source}/service`
      const all = await allTags(address, cookie, repository)
      const target = { region, organization: source }
      const request = { images: [{ repository, tags: all.slice(0, cells) }], targets: [target] }
      const cold = await timed(() => ask('/plan', { ...request, fresh: true }))
      const wide = await planMany(ask, control)

      const rows = cold.result.rows.map(({ tag, digest, size, plans }) => ({
        ...{ repository, tag, digest, size, plans },
        send: ['send'],
      }))
      const [{ connection }] = cold.result.targets
      const started = await timed(() => ask('/jobs', { targets: [{ ...target, connection }], rows }))
      const { id } = started.result.job
      const took = { list: [], job: [], change: [] }
      const begun = performance.now()
      let memory = 0
      let version = 0
      let job = started.result.job
      while (job.state === 'running') {
        if (performance.now() - begun > mostMs) throw new Error('The job does not end.')
        const [page, jobPage, change] = [
          await timed(async () => (await fetch(list, { headers: { cookie } })).text()),
          await timed(async () => (await fetch(`${address}/default/sync/jobs`, { headers: { cookie } })).text()),
          await timed(() => ask(`/jobs/${id}?since=${version}`)),
        ]
        took.list.push(page.ms)
        took.job.push(jobPage.ms)
        took.change.push(change.ms)
        job = change.result.job
        version = job.version
        memory = Math.max(memory, residentBytes(pid))
        await setTimeout(pollMs)
      }
      const seconds = (performance.now() - begun) / 1000
      const whole = await timed(() => ask(`/jobs/${id}`))
      const held = await control('GET', `/organizations/${source}?region=${region}`)
      const there = new Map(held.repositories.flatMap(({ tags: of }) => of.map(({ name, digest }) => [name, digest])))
      const green = whole.result.cells.filter(({ state }) => state === 'verified')
      return {
        cells: { value: whole.result.cells.length },
        planCold: { value: cold.ms / 1000 },
        planMany: { value: wide.cold.ms / 1000 },
        planWarm: { value: wide.warm.ms / 1000 },
        startMany: { value: wide.started.ms },
        start: { value: started.ms },
        seconds: { value: seconds },
        listP95: { value: percentile(took.list, 0.95) },
        historyP95: { value: percentile(took.job, 0.95) },
        changesP95: { value: percentile(took.change, 0.95) },
        wholeTime: { value: whole.ms },
        verified: { value: green.length },
        falseGreens: { value: green.filter(({ tag, digest }) => there.get(tag) !== digest).length },
        memory: { value: memory / 1e6 },
      }
    },
    { size: `basicTags=${cells}`, env: { SYNC_VERIFY_MINUTES: String(verifyMinutes) } },
  )
}

/** Lines of many repositories for six regions: each has a list of its own at the source and at the targets that are seen. */
async function planMany(ask, control) {
  const repositories = Array.from({ length: many.repositories }, (_, at) => ({ name: `service-${at}`, tags: ['v1'] }))
  for (const place of [{}, ...regions.slice(0, 2).map((each) => ({ region: each }))])
    await control('POST', '/organizations', {
      name: many.source,
      ...place,
      repositories: place.region ? [] : repositories,
    })
  const lines = {
    images: repositories.map(({ name, tags }) => ({ repository: `${many.source}/${name}`, tags })),
    targets: regions.map((each) => ({ region: each, organization: many.source })),
  }
  const cold = await timed(() => ask('/plan', lines))
  const warm = await timed(() => ask('/plan', lines))
  const { targets, rows } = warm.result
  const body = {
    targets: targets.map(({ region: to, organization, connection }) => ({ region: to, organization, connection })),
    rows: rows.map(({ repository, tag, digest, size, plans }) => ({
      ...{ repository, tag, digest, size, plans },
      send: plans.map((plan) => (plan === 'new' || plan === 'not_visible' ? 'send' : 'leave')),
    })),
  }
  const started = await timed(() => ask('/jobs', body))
  await ask(`/jobs/${started.result.job.id}/cancel`, {})
  return { cold, warm, started }
}

/** Names of all tags of a repository, from SWR's own list. */
async function allTags(address, cookie, path) {
  const [organization, repository] = path.split('/')
  const names = []
  for (let offset = 0; ; offset += 1000) {
    const query = `offset=${offset}&limit=1000`
    const url = `${address}/api/swr/default/v2/manage/namespaces/${organization}/repos/${repository}/tags?${query}`
    const { items } = await (await fetch(url, { headers: { cookie } })).json()
    names.push(...items.map(({ Tag }) => Tag))
    if (items.length < 1000) return names
  }
}
