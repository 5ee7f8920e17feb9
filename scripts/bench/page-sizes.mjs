import { chromium } from '@playwright/test'

const quietFor = 1500
const args = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
  '--disable-gpu',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
]

/** Runs in the page before anything else: adds up every shift that no person caused, and notes what moved. */
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

/** Opens one page in a browser without a cache and waits until no request was under way for a while. */
export async function measure({ executablePath, address, cookie }) {
  const browser = await chromium.launch({ executablePath, args })
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    const [name, value] = cookie.split('=', 2)
    await page.context().addCookies([{ name, value, url: new URL('/', address).href }])
    const session = await page.context().newCDPSession(page)
    await session.send('Network.enable')
    await session.send('Network.setCacheDisabled', { cacheDisabled: true })
    await page.addInitScript(watchShift)

    const requests = new Map()
    let last = Date.now()
    const touch = (id, change) => {
      last = Date.now()
      Object.assign(requests.get(id) ?? {}, change)
    }
    session.on('Network.requestWillBeSent', ({ requestId, request }) => {
      last = Date.now()
      if (request.url.startsWith('http')) requests.set(requestId, { url: request.url, bytes: 0, open: true })
    })
    session.on('Network.responseReceived', ({ requestId, response }) =>
      touch(requestId, { mime: response.mimeType, headers: response.headers }),
    )
    session.on('Network.dataReceived', ({ requestId, dataLength }) => {
      last = Date.now()
      const request = requests.get(requestId)
      if (request) request.plainBytes = (request.plainBytes ?? 0) + dataLength
    })
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) =>
      touch(requestId, { bytes: encodedDataLength, open: false }),
    )
    session.on('Network.loadingFailed', ({ requestId }) => touch(requestId, { open: false }))

    const answer = await page.goto(address, { waitUntil: 'load' })
    const all = () => [...requests.values()]
    for (const end = Date.now() + 30_000; Date.now() < end; ) {
      if (Date.now() - last > quietFor && !all().some(({ open }) => open)) break
      await new Promise((resolve) => setTimeout(resolve, 100))
    }

    const scripts = all().filter(({ mime = '' }) => mime.includes('javascript'))
    const sum = (list) => list.reduce((total, { bytes }) => total + bytes, 0)
    const encoded = ({ headers }) => Object.keys(headers).some((name) => name.toLowerCase() === 'content-encoding')
    return {
      status: answer?.status() ?? 0,
      script: sum(scripts),
      bytes: sum(all()),
      requests: all().map(({ url, bytes }) => ({ path: url.slice(new URL(url).origin.length), bytes })),
      calls: all()
        .map(({ url }) => new URL(url).pathname)
        .filter((path) => path.startsWith('/api/')),
      // Next leaves what is smaller than this as it is.
      plain: scripts.filter((script) => script.plainBytes > 1024 && !encoded(script)).map(({ url }) => url),
      shift: await page.evaluate(() => window.layoutShift),
    }
  } finally {
    await browser.close()
  }
}
