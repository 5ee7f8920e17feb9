import { chromium } from '@playwright/test'

const args = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
  '--disable-gpu',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
]

export async function withBrowser(executablePath, work) {
  const browser = await chromium.launch({ executablePath, args })
  try {
    return await work(browser)
  } finally {
    await browser.close()
  }
}

/** Keeps each request of a page: when it began, its type and size, and whether it was compressed. */
async function recordRequests(session) {
  const requests = new Map()
  const log = { list: () => [...requests.values()], lastMs: Date.now() }
  const on = (event, keep) =>
    session.on(event, (told) => {
      log.lastMs = Date.now()
      const request = requests.get(told.requestId)
      if (request) keep(request, told)
    })
  session.on('Network.requestWillBeSent', ({ requestId, request: { url }, wallTime }) => {
    log.lastMs = Date.now()
    if (url.startsWith('http'))
      requests.set(requestId, { url, begunMs: wallTime * 1000, bytes: 0, plainBytes: 0, open: true })
  })
  on('Network.responseReceived', (request, { response: { mimeType, headers } }) => {
    request.mime = mimeType
    request.compressed = Object.keys(headers).some((name) => name.toLowerCase() === 'content-encoding')
  })
  on('Network.dataReceived', (request, { dataLength }) => {
    request.plainBytes += dataLength
  })
  on('Network.loadingFinished', (request, { encodedDataLength }) =>
    Object.assign(request, { bytes: encodedDataLength, open: false }),
  )
  on('Network.loadingFailed', (request) => Object.assign(request, { open: false }))
  await session.send('Network.enable')
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  return log
}

/**
 * Lets `work` look at a page of a new context that has nothing in its cache, with `cookie` when somebody is signed in.
 * `script` runs in the page before anything else.
 */
export async function withPage(browser, { address, cookie, script }, work) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  try {
    const [name, value] = cookie?.split('=', 2) ?? []
    if (name) await context.addCookies([{ name, value, url: new URL('/', address).href }])
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    const log = await recordRequests(session)
    await page.addInitScript(script)
    return await work({ page, session, log })
  } finally {
    await context.close()
  }
}

export const sumBytes = (requests) => requests.reduce((sum, { bytes }) => sum + bytes, 0)
export const isScript = ({ mime = '' }) => mime.includes('javascript')
export const isFont = ({ url }) => url.endsWith('.woff2')
