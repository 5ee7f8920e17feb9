import { setTimeout } from 'node:timers/promises'
import { isFont, isScript, sumBytes, withPage } from './browser.mjs'
import { medians } from './rounds.mjs'

/** A laptop of some years on a slow mobile network. */
const slowdown = 4
const latencyMs = 150
const bitsPerSecond = 1_600_000
const mostMs = 60_000

/**
 * Runs in the page, once for each frame: when is the text of the first row in the document, and when has React taken the row
 * over? React sets a key of its own on each element as soon as it has adopted it from the server's HTML, just before
 * presses reach it.
 */
function watchRows() {
  const seen = {}
  window.rowsSeen = seen
  const look = () => {
    const link = document.querySelector('tbody tr a')
    if (link?.textContent) seen.first ??= performance.now()
    if (link && Object.keys(link).some((key) => key.startsWith('__reactProps'))) seen.live ??= performance.now()
    if (!seen.live) requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

const until = (wanted) => Boolean(window.rowsSeen?.[wanted])

/** Opens a page on a slow machine and network, until its first row is there or, where a script takes it over, live. */
const openSlowly = (browser, { address, cookie, wanted }) =>
  withPage(browser, { address, cookie, script: watchRows }, async ({ page, session, log }) => {
    const bytesPerSecond = bitsPerSecond / 8
    const network = { downloadThroughput: bytesPerSecond, uploadThroughput: bytesPerSecond }
    await session.send('Network.emulateNetworkConditions', { offline: false, latency: latencyMs, ...network })
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
    await page.goto(address, { waitUntil: 'commit', timeout: mostMs })
    await page.waitForFunction(until, wanted, { timeout: mostMs, polling: 100 })
    const seen = await page.evaluate(() => ({ ...window.rowsSeen, begunMs: performance.timeOrigin }))
    // Whole, also when a part arrives later: they share the line with what the row needs.
    const before = log.list().filter(({ begunMs }) => begunMs < seen.begunMs + seen.first)
    for (const end = Date.now() + mostMs; before.some(({ open }) => open) && Date.now() < end; ) await setTimeout(100)
    return {
      first: seen.first,
      live: seen.live ?? 0,
      script: sumBytes(before.filter(isScript)),
      font: sumBytes(before.filter(isFont)),
    }
  })

/** When a person on a slow machine and network sees rows, and when they answer. */
export const measureFirstRow = (browser, site, yardstick) =>
  medians(5, {
    list: () => openSlowly(browser, { address: site.list, cookie: site.cookie, wanted: 'live' }),
    bare: () => openSlowly(browser, { address: yardstick.page, wanted: 'live' }),
    plain: () => openSlowly(browser, { address: yardstick.plain, wanted: 'first' }),
  })
