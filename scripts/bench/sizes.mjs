import { setTimeout } from 'node:timers/promises'
import { isFont, isScript, sumBytes, withPage } from './browser.mjs'
import { sizeLimits } from './budgets.mjs'
import { get } from './http.mjs'

const quietMs = 1500
const mostMs = 30_000

/** Runs in the page: adds up every shift that no person caused, and notes what moved. */
function watchShift() {
  window.layoutShift = { sum: 0, moved: [] }
  new PerformanceObserver((list) => {
    for (const { hadRecentInput, value, sources } of list.getEntries()) {
      if (hadRecentInput) continue
      window.layoutShift.sum += value
      for (const { node, previousRect: from, currentRect: to } of sources) {
        const what = `${node?.nodeName} "${(node?.textContent ?? '').slice(0, 40)}"`
        window.layoutShift.moved.push(
          `${what} from ${from.x},${from.y} ${from.width}x${from.height} to ${to.x},${to.y} ${to.width}x${to.height}`,
        )
      }
    }
  }).observe({ type: 'layout-shift', buffered: true })
}

/** Opens a page and waits until no request was under way for a while. */
export const measureSizes = (browser, { address, cookie }) =>
  withPage(browser, { address, cookie, script: watchShift }, async ({ page, log }) => {
    const answer = await page.goto(address, { waitUntil: 'load' })
    for (const end = Date.now() + mostMs; Date.now() < end; ) {
      if (Date.now() - log.lastMs > quietMs && !log.list().some(({ open }) => open)) break
      await setTimeout(100)
    }
    const requests = log.list()
    const scripts = requests.filter(isScript)
    return {
      status: answer?.status() ?? 0,
      script: sumBytes(scripts),
      font: sumBytes(requests.filter(isFont)),
      all: sumBytes(requests),
      requests: requests.map(({ url, bytes }) => ({ path: url.slice(new URL(url).origin.length), bytes })),
      calls: requests.map(({ url }) => new URL(url).pathname).filter((path) => path.startsWith('/api/')),
      // Next leaves what is smaller than this as it is.
      plain: scripts.filter((script) => script.plainBytes > 1024 && !script.compressed).map(({ url }) => url),
      shift: await page.evaluate(() => window.layoutShift),
    }
  })

const kilo = (bytes) => `${(bytes / 1000).toFixed(1)} kB`

/** Measures every page against the limits of its kind: a table, and what is over. */
export async function checkSizes(browser, { address, cookie, pages }) {
  const misses = []
  const table = []
  for (const { name, path, kind } of pages) {
    const target = { address: address + path, cookie }
    // First: what a page does not wait for on its first look is there on the next.
    const html = (await get(target.address, cookie)).length
    const seen = await measureSizes(browser, target)
    const limits = sizeLimits[kind]
    const miss = (wrong, text) => wrong && misses.push(`${name}: ${text}`)
    const over = (what, bytes, most) => miss(bytes > most, `${kilo(bytes)} of ${what}, ${kilo(most)} allowed`)
    miss(seen.status !== 200, `answered ${seen.status}`)
    miss(seen.script === 0, 'no script was loaded')
    over('HTML', html, limits.html)
    over('JavaScript', seen.script, limits.script)
    over('fonts', seen.font, limits.font)
    const list = seen.requests.map(({ path, bytes }) => `\n    ${kilo(bytes)} ${path}`)
    miss(list.length > limits.requests, `${list.length} requests, ${limits.requests} allowed:${list.join('')}`)
    const moved = seen.shift.moved.map((what) => `\n    ${what}`).join('')
    miss(seen.shift.sum >= limits.shift, `the layout shifts by ${seen.shift.sum.toFixed(3)}:${moved}`)
    miss(seen.plain.length > 0, `not compressed: ${seen.plain.join(', ')}`)
    const again = kind === 'list' ? seen.calls : []
    miss(again.length > 0, `requests data that the document already contains: ${again.join(', ')}`)
    table.push({
      page: name,
      HTML: kilo(html),
      JavaScript: kilo(seen.script),
      allowed: kilo(limits.script),
      fonts: kilo(seen.font),
      'all bytes': kilo(seen.all),
      requests: list.length,
      'API calls': seen.calls.length,
      'layout shift': seen.shift.sum.toFixed(3),
    })
  }
  return { table, misses }
}
