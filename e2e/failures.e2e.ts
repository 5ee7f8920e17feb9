import type { Page } from '@playwright/test'
import { routes } from '@/lib/routes'
import { accounts, address } from './accounts'
import { expect, test } from './fixtures'
import { lockKeyAnew, retryOf } from './lock-key'
import { noteTexts } from './moments'
import { policyTable, registry, withoutScripts } from './policies'
import { table as registryTable } from './registry-steps'

/** Each row is called by a link, and may have another one. */
const names = (page: Page) => registryTable(page).getByRole('rowheader').getByRole('link')

const requestId = /Request ID\s*[0-9a-f]{32}/

test.describe('a connection that SWR refuses', () => {
  test.use({ baseURL: address.refused, expectedErrors: [/status of 502/] })
  // One after the other: two of them lock the same key, and one counts what is asked with it.
  test.describe.configure({ mode: 'default' })

  test('each says in its own place what is wrong with it', async ({ page, accessible }) => {
    await lockKeyAnew(page)
    await page.goto(routes.home())
    const said = [
      ['Wrong secret', "SWR rejected the console's signature", 'The secret key of this connection is probably wrong'],
      ['Unknown key', 'Access key not found', 'was deleted'],
      ['Locked key', "SWR locked the console's access key", 'Wait 5 minutes'],
      ['Nobody listens', "Can't reach SWR", 'Check the endpoint of this connection'],
    ] as const
    for (const [connection, title, advice] of said) {
      const alert = page.getByRole('region', { name: connection }).getByRole('alert')
      await expect(alert).toHaveCount(1)
      await expect(alert).toContainText(title)
      await expect(alert).toContainText(advice)
      if (connection !== 'Nobody listens') {
        await expect(alert).toContainText('APIGW.0301')
        await expect(alert).toContainText(requestId)
      }
    }
    await expect(page.getByRole('main')).not.toContainText(accounts['unknown-key'].access)
    await expect(page.getByRole('link', { name: 'prod-registry' })).toBeVisible()
    await accessible()
  })

  test('on a screen of its own, the reason stands where the rows would be', async ({ page, accessible }) => {
    await page.goto(routes.replication({ connection: 'down', instance: 'a-b-c' }))
    const alert = page.getByRole('main').getByRole('alert')
    await expect(alert).toHaveCount(1)
    await expect(alert).toContainText("Can't reach SWR")
    await expect(policyTable(page)).toBeHidden()
    await expect(page.getByRole('heading', { level: 1, name: 'Replication policies' })).toBeVisible()
    await accessible()
    for (const address of [routes.instance, routes.registries]) {
      await page.goto(address({ connection: 'down', instance: 'a-b-c' }))
      await expect(alert.first()).toContainText("Can't reach SWR")
    }
  })

  test('a key that somebody else has locked: the page says so and does not keep trying', async ({ page, sandbox }) => {
    await lockKeyAnew(page)
    await page.goto(routes.registries({ connection: 'lock', instance: 'a-b-c' }))
    const alert = page.getByRole('main').getByRole('alert')
    await expect(alert).toContainText("SWR locked the console's access key")
    await expect(alert).toContainText('Wait 5 minutes')
    const asked = async () => (await sandbox.received({ access: accounts.lock.access })).length
    const before = await asked()
    await page.getByRole('link', { name: 'Settings' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
    await expect(page.getByRole('main')).toContainText('Key rejected, will be retried automatically')
    expect(await asked()).toBe(before)
    // An admin need not wait; the key is locked all the same.
    await retryOf(page, 'Locked key').click()
    await expect(page.getByText("SWR locked the console's access key").last()).toBeVisible()
    await expect.poll(asked).toBe(before + 1)
  })
})

test.describe('a search that SWR refuses', () => {
  test.use({ expectedErrors: [/status of (4|5)\d\d/] })

  const refused = [
    ['fault-400', 'SWR rejected the request', 'SWR.400001', 'value not accepted'],
    ['fault-401', "SWR rejected the console's credential", 'SWR.401001', 'authentication failed'],
    ['fault-404', 'Not found in SWR', 'SWR.404001', 'does not exist'],
    ['fault-500', 'SWR internal error', 'SWR.500001', 'internal server error'],
    ['fault-504', 'SWR did not respond in time', 'APIGW.0201', 'Backend timeout'],
  ] as const

  test('says once what happened, with SWR’s code, words and request id', async ({ page, place }) => {
    const own = await place({ registries: [registry(1, 'nightly')] })
    await page.goto(routes.registries(own))
    const search = page.getByRole('searchbox')
    const alert = page.getByRole('main').getByRole('alert')
    for (const [sentinel, title, code, words] of refused) {
      await search.fill(sentinel)
      await expect(alert).toContainText(title)
      await expect(alert).toContainText(code)
      await expect(alert).toContainText(words)
      await expect(alert).toContainText(requestId)
      await expect(alert).toHaveCount(1)
      await expect(search).toHaveValue(sentinel)
    }
    // The way out of it is the same page.
    await search.fill('night')
    await expect(names(page)).toHaveText(['nightly'])
    await expect(alert).toHaveCount(0)
  })

  const garbled = [
    ['fault-502-html', 'SWR internal error', 'SWR returned 502'],
    ['fault-503-empty', 'SWR internal error', 'SWR returned 503'],
    ['fault-hangup', 'Connection to SWR lost', 'The network or SWR interrupted the response'],
    ['fault-not-json', 'Unexpected response from SWR', "is SWR's API"],
  ] as const

  test('shows no raw answer when SWR answers garbage or nothing', async ({ page, place, accessible }) => {
    const own = await place({ registries: [registry(1, 'nightly')] })
    const alert = page.getByRole('main').getByRole('alert')
    for (const [sentinel, title, detail] of garbled) {
      // With the page and in the browser: the same words.
      await page.goto(`${routes.registries(own)}?q=${sentinel}`)
      await expect(alert).toContainText(title)
      await expect(alert).toContainText(detail)
      if (sentinel !== 'fault-hangup') await expect(alert).toContainText(requestId)
      await expect(alert).toHaveCount(1)
      await expect(page.getByRole('main')).not.toContainText(/502 Bad Gateway|<html|undefined|null/)
      await alert.getByRole('button', { name: 'Try again' }).click()
      await expect(alert).toContainText(title)
    }
    await accessible()
  })

  test.describe('as forbidden', () => {
    test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

    test('lets the encoded authorization message be copied', async ({ page, place, accessible }) => {
      const own = await place({ registries: [registry(1, 'nightly')] })
      await page.goto(routes.registries(own))
      await page.getByRole('searchbox').fill('fault-403')
      const alert = page.getByRole('main').getByRole('alert')
      await expect(alert).toContainText('SWR.403001')
      await expect(alert).toContainText('This is a console configuration problem.')
      await alert.getByRole('button', { name: 'Copy encoded message' }).click()
      await expect(alert.getByRole('button', { name: 'Copied' })).toBeVisible()
      const copied = await page.evaluate(() => navigator.clipboard.readText())
      expect(Buffer.from(copied, 'base64').toString()).toBe('{"allowed":false,"action":"swr:instance:sandbox"}')
      await accessible()
    })
  })

  test('counts down when SWR asks to slow down, then shows the rows by itself', async ({ page, place }) => {
    const own = await place({ registries: [registry(1, 'fault-429'), registry(2, 'nightly')] })
    await page.goto(routes.registries(own))
    const alert = page.getByRole('main').getByRole('alert')
    await expect(names(page)).toHaveCount(2)
    const alerts = await noteTexts(page, 'main [role="alert"]')
    await page.getByRole('searchbox').fill('fault-429')
    await expect(names(page)).toHaveText(['fault-429'])
    await expect(alert).toHaveCount(0)
    // Three seconds long, which are over by now.
    const [first = ''] = (await alerts()).find((texts) => texts.length > 0) ?? []
    expect(first).toContain('SWR rate limit reached')
    expect(first).toContain('APIGW.0308')
    expect(first).toMatch(requestId)
    const seconds = (await alerts()).flat().map((text) => /Trying again in (\d+) s/.exec(text)?.[1])
    expect(seconds).toEqual(expect.arrayContaining(['3', '2']))
    // Rows that are there stay there meanwhile.
    const shown = await noteTexts(page, 'main [role="alert"], main th a')
    await page.getByRole('button', { name: 'Refresh' }).click()
    const waiting = [expect.stringMatching(/Trying again in [0-3] s/), 'fault-429']
    await expect.poll(shown).toContainEqual(waiting)
    await expect(alert).toHaveCount(0)
    for (const texts of await shown()) expect(texts).toContain('fault-429')
    // The same when the first answer, on the server, is refused.
    const answer = await page.goto(`${routes.registries(own)}?q=fault-429`)
    const html = withoutScripts((await answer?.text()) ?? '')
    expect(html.match(/Trying again in [0-3] s/g)).toHaveLength(1)
    await expect(names(page)).toHaveText(['fault-429'])
    await expect(alert).toHaveCount(0)
  })
})

test.describe('an address that leads nowhere', () => {
  test.use({ expectedErrors: [/status of 404/] })

  test('unknown connection, unknown instance and unknown page are told apart', async ({ page, accessible }) => {
    const alert = page.getByRole('main').getByRole('alert')
    await page.goto(routes.replication({ connection: 'nowhere', instance: 'a-b-c' }))
    await expect(alert).toHaveCount(1)
    await expect(alert).toContainText('Connection not found')
    await accessible()
    await page.goto(routes.replication({ connection: 'default', instance: '00000000-0000-4000-8000-000000000000' }))
    await expect(alert).toContainText('Not found in SWR')
    const answer = await page.goto('/default/instances/a-b-c/nothing-here')
    expect(answer?.status()).toBe(404)
    await expect(page.getByRole('main')).toContainText('Page not found')
    await page.getByRole('link', { name: 'Go to instances' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Instances' })).toBeVisible()
  })

  test('what is not in the contract never reaches SWR', async ({ place, request }) => {
    const own = await place({ registries: [registry(1, 'nightly')] })
    const base = `/api/swr/default/v2/-/instances/${own.instance}`
    const refused = [
      ['GET', `${base}/internal_endpoints`],
      ['DELETE', base],
      ['GET', `${base}/replication/policies/1/extra`],
      ['GET', `/api/swr/default/v2/0a1b2c3d4e5f60718293a4b5c6d7e8f9x/instances/${own.instance}`],
      ['GET', `${base}/replication/policies/..%2f..`],
    ] as const
    for (const [method, path] of refused) {
      const answer = await request.fetch(path, { method, headers: { origin: address.console } })
      expect.soft(answer.status(), `${method} ${path}`).toBeGreaterThanOrEqual(404)
      expect.soft(answer.headers()['content-type'], `${method} ${path}`).toContain('application/json')
    }
    expect(await own.received()).toEqual([])
    const foreign = await request.put(`${base}/replication/policies/1`, {
      headers: { origin: 'https://elsewhere.example.com' },
      data: {},
    })
    expect([foreign.status(), (await foreign.json()).code]).toEqual([403, 'foreign_origin'])
    const invalid = await request.post(`${base}/replication/policies`, {
      headers: { origin: address.console },
      data: { name: 'no spaces please', filters: [] },
    })
    expect(invalid.status()).toBe(422)
    expect(Object.keys((await invalid.json()).fields)).toEqual(expect.arrayContaining(['body.name', 'body.filters']))
    expect(await own.received()).toEqual([])
  })
})
