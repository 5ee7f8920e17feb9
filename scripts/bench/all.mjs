import { budgets } from './budgets.mjs'
import { measureFirstRow } from './first-row.mjs'
import { get } from './http.mjs'
import { isCounted } from './process.mjs'
import { judgeAll } from './report.mjs'
import { measureCrowd, measureMemory, measureProcessor } from './server.mjs'
import { measureSizes } from './sizes.mjs'
import { withYardsticks } from './yardsticks.mjs'

const say = (text) => console.log(`Measuring ${text}`)
const kilobytes = (bytes) => bytes / 1e3

async function processor(site, yardstick) {
  say('processor time')
  const { list, bare, signIn, handler, read } = await measureProcessor(site, yardstick)
  return {
    listProcessor: { value: list.ms, yardstick: bare.ms },
    signInProcessor: { value: signIn.ms, yardstick: bare.ms },
    readProcessor: { value: read.ms, yardstick: handler.ms },
  }
}

async function rows(browser, site, yardstick) {
  say('the first row')
  const { list, bare, plain } = await measureFirstRow(browser, site, yardstick)
  return {
    firstRow: { value: list.first, yardstick: plain.first },
    rowLive: { value: list.live, yardstick: bare.live },
    scriptBefore: { value: kilobytes(list.script), yardstick: kilobytes(bare.script) },
    fontBefore: { value: kilobytes(list.font) },
  }
}

async function bytes(browser, site, yardstick) {
  say('bytes')
  const html = await get(site.list, site.cookie)
  const bareHtml = await get(yardstick.page)
  const plainHtml = await get(site.list, site.cookie, 'identity')
  const barePlainHtml = await get(yardstick.page, undefined, 'identity')
  const list = await measureSizes(browser, { address: site.list, cookie: site.cookie })
  const bare = await measureSizes(browser, { address: yardstick.page })
  return {
    html: { value: kilobytes(html.length), yardstick: kilobytes(bareHtml.length) },
    plainHtml: { value: kilobytes(plainHtml.length), yardstick: kilobytes(barePlainHtml.length) },
    script: { value: kilobytes(list.script), yardstick: kilobytes(bare.script) },
    font: { value: kilobytes(list.font) },
  }
}

async function crowd(site, yardstick) {
  say('50 people at once')
  const { list, bare } = await measureCrowd(site, yardstick)
  return {
    crowdP95: { value: list.p95, yardstick: bare.p95 },
    crowdRate: { value: list.rate, yardstick: bare.rate },
  }
}

async function memory(site, views) {
  say(`memory after ${views} views`)
  return { memory: { value: (await measureMemory(site, views)) / 1e6 } }
}

/** Measures the console beside its yardsticks, which are built and served for it: a table, and what is missed. */
export function measureAll(browser, site, views) {
  if (!isCounted) console.log('Processor time and memory are left out: they are read from Linux.')
  return withYardsticks(async (yardstick) =>
    judgeAll(budgets, {
      ...(await bytes(browser, site, yardstick)),
      ...(await rows(browser, site, yardstick)),
      ...(isCounted && (await processor(site, yardstick))),
      ...(await crowd(site, yardstick)),
      ...(isCounted && (await memory(site, views))),
    }),
  )
}
