import { setTimeout } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { get } from './http.mjs'
import { processorMs } from './process.mjs'
import { medians } from './rounds.mjs'

const say = (text) => console.log(`Measuring ${text}`)
const kilobytes = (bytes) => bytes / 1e3
const steadySeconds = 60
const pollSeconds = 5

const pagesOf = ({ address }, instance) => {
  const at = `${address}/default/instances/${instance}`
  return { list: `${at}/replication`, week: `${at}/week`, checks: `${at}/checks` }
}

async function timed(work) {
  const since = performance.now()
  const result = await work()
  return { ms: performance.now() - since, result }
}

/** For how long nobody else was served, at worst, while something was done. */
async function stalled(site, work) {
  await site.probe()
  const result = await work()
  return { stall: (await site.probe()).stallMs, result }
}

/** Each kind of page once, or the time of loading its code would be measured. */
async function warmUp(site) {
  const { list, week, checks } = pagesOf(site, site.small)
  for (const page of [list, week, checks, `${site.address}/audit`, `${site.address}/`]) await get(page, site.cookie)
  await site.api(`/instances/default/${site.small}/replication?sort=name`)
}

/** Until every run of the large instance has been read: each look brings a thousand more. */
async function settled(site) {
  for (const end = Date.now() + 300_000; Date.now() < end; ) {
    const before = (await site.received(0)).at(-1)?.n ?? 0
    const { complete } = await site.api(`/instances/default/${site.large}/replication`)
    await setTimeout(pollSeconds * 1000)
    const calls = (await site.received(before)).filter(({ path }) => path.endsWith('/executions'))
    if (complete && calls.length < 5) return
  }
  throw new Error('The large instance was not read after five minutes.')
}

async function firstRead(site) {
  say('the first look at all policies')
  const { list } = pagesOf(site, site.large)
  const { stall, result } = await stalled(site, () => timed(() => get(list, site.cookie)))
  const index = await site.api(`/instances/default/${site.large}/replication`)
  return { firstRead: { value: result.ms / 1000 }, policies: { value: index.all }, firstStall: { value: stall } }
}

async function list(site) {
  say('the list')
  const per = (page) => async () => {
    const count = 40
    const before = processorMs(site.pid)
    for (let left = count; left > 0; left -= 1) await get(page, site.cookie)
    return { ms: (processorMs(site.pid) - before) / count }
  }
  const { stall, result } = await stalled(site, () =>
    medians(5, { large: per(pagesOf(site, site.large).list), small: per(pagesOf(site, site.small).list) }),
  )
  const small = await stalled(site, per(pagesOf(site, site.small).list))
  return {
    listProcessor: { value: result.large.ms, yardstick: result.small.ms },
    listStall: { value: stall },
    smallStall: { value: small.stall },
  }
}

async function views(site) {
  say('sorting and filtering')
  const at = `/instances/default/${site.large}/replication`
  const queries = ['name', 'last', 'next', 'updated_at'].flatMap((sort) => [
    `sort=${sort}&order=asc`,
    `sort=${sort}&q=09`,
  ])
  const { stall, result } = await stalled(site, async () => {
    const took = []
    for (const query of [...queries, 'last=failed', 'registry=6&enabled=true', 'offset=9980'])
      took.push((await timed(() => site.api(`${at}?${query}`))).ms)
    return took
  })
  return { viewTime: { value: Math.max(...result) }, viewStall: { value: stall } }
}

async function steady(site) {
  say(`requests to SWR for ${steadySeconds} seconds`)
  const last = (await site.received(0)).at(-1)?.n ?? 0
  const { stall } = await stalled(site, async () => {
    for (const end = Date.now() + steadySeconds * 1000; Date.now() < end; await setTimeout(pollSeconds * 1000))
      await site.api(`/instances/default/${site.large}/replication`)
  })
  const received = (await site.received(last)).filter(({ path }) => path.includes(site.large))
  const policies = received.filter(({ path }) => path.endsWith('/replication/policies')).length
  return {
    callsPolicies: { value: (policies * 60) / steadySeconds },
    calls: { value: (received.length * 60) / steadySeconds },
    steadyStall: { value: stall },
  }
}

async function week(site) {
  say('the week')
  const page = pagesOf(site, site.large).week
  const { stall, result } = await stalled(site, () => timed(() => get(page, site.cookie)))
  return {
    weekSize: { value: kilobytes(gunzipSync(result.result).length) },
    weekTime: { value: result.ms },
    weekStall: { value: stall },
  }
}

async function others(site) {
  say('instances, checks and images')
  const home = await stalled(site, () => timed(() => get(`${site.address}/`, site.cookie)))
  const at = `/instances/default/${site.large}`
  const checks = await stalled(site, async () => {
    for (const end = Date.now() + 120_000; Date.now() < end; await setTimeout(1_000)) {
      const found = await site.api(`${at}/checks`)
      if (!found.refreshing) return found.looked
    }
    throw new Error('The images were not listed after two minutes.')
  })
  return {
    homeTime: { value: home.result.ms },
    homeStall: { value: home.stall },
    repositories: { value: checks.result.repositories },
    tags: { value: checks.result.tags },
    checksStall: { value: checks.stall },
  }
}

async function auditLog(site) {
  say('the audit log')
  const page = await stalled(site, () => timed(() => get(`${site.address}/audit`, site.cookie)))
  const file = await stalled(site, () =>
    timed(() => get(`${site.address}/api/console/audit/export?format=csv`, site.cookie)),
  )
  const lines = gunzipOr(file.result.result).toString().trimEnd().split('\n').length - 1
  return {
    auditTime: { value: page.result.ms },
    auditStall: { value: page.stall },
    auditLines: { value: lines },
    exportTime: { value: file.result.ms / 1000 },
    exportStall: { value: file.stall },
  }
}

const gunzipOr = (bytes) => (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes)

/** Measures a console whose account is as large as we promise to serve, beside an instance with a hundred policies. */
export async function measureLarge(site) {
  await warmUp(site)
  const first = await firstRead(site)
  await settled(site)
  const measured = {
    ...first,
    ...(await list(site)),
    ...(await views(site)),
    ...(await steady(site)),
    ...(await week(site)),
    ...(await others(site)),
    ...(await auditLog(site)),
  }
  const { heapUsed, rss } = await site.probe()
  return { ...measured, heap: { value: heapUsed / 1e6 }, memory: { value: rss / 1e6 } }
}
