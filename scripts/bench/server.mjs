import { get } from './http.mjs'
import { processorMs, residentBytes } from './process.mjs'
import { medians } from './rounds.mjs'

/** Asks `count` times, `together` at once, each time as the next of the people, and answers how long each took in ms. */
async function ask(address, { count, together = 1, cookies = [] }) {
  const tookMs = []
  let begun = 0
  async function person() {
    while (begun < count) {
      const cookie = cookies[begun++ % cookies.length]
      const since = performance.now()
      await get(address, cookie)
      tookMs.push(performance.now() - since)
    }
  }
  await Promise.all(Array.from({ length: together }, person))
  return tookMs
}

/** Processor time of the server for one request. Short requests need more of them: the system counts in 10 ms. */
export async function measureProcessor(site, yardstick) {
  const per = (pid, address, count, cookies) => async () => {
    const before = processorMs(pid)
    await ask(address, { count, cookies })
    return { ms: (processorMs(pid) - before) / count }
  }
  return await medians(5, {
    list: per(site.pid, site.list, 60, site.cookies),
    bare: per(yardstick.pid, yardstick.page, 120),
    signIn: per(site.pid, site.signIn, 60),
    handler: per(yardstick.pid, yardstick.handler, 240),
    read: per(site.pid, site.read, 240, site.cookies),
  })
}

/** 50 people who all open the page at once, and again until it was opened 200 times. */
export async function measureCrowd(site, yardstick) {
  const crowd = (address, cookies) => async () => {
    const count = 200
    const since = performance.now()
    const tookMs = await ask(address, { count, together: 50, cookies })
    const seconds = (performance.now() - since) / 1000
    const p95 = tookMs.toSorted((a, b) => a - b)[Math.ceil(count * 0.95) - 1]
    return { p95, rate: count / seconds }
  }
  return await medians(3, { list: crowd(site.list, site.cookies), bare: crowd(yardstick.page) })
}

/** Resident memory of the console in bytes after its list page was opened `views` times. */
export async function measureMemory(site, views) {
  await ask(site.list, { count: views, together: 2, cookies: site.cookies })
  return residentBytes(site.pid)
}
