import { createHash } from 'node:crypto'
import { routes } from '@/lib/routes'
import { accounts, address } from './accounts'
import { expect, test } from './fixtures'
import { content, repositories, screens, startRuns } from './pages'
import { chooseAction, policy, registry } from './policies'

const { access, secret } = accounts.default
const { securityToken } = accounts.temporary

test.describe('a whole tour, failures included', () => {
  test.use({ expectedErrors: [/status of [45]\d\d|beforeunload/] })

  test('brings no key, token or signature to the browser', async ({ page, bytes, place, organization, asAdmin }) => {
    // Every page, on two connections.
    test.slow()
    const leaky = {
      ...content,
      // SWR itself repeats the key in a registry's login, and people paste anything anywhere.
      registries: [
        registry(3, 'harbor-frankfurt', {
          type: 'huawei-SWR',
          credential: { type: 'basic', access_key: `cn-north-4@${access}`, access_secret: secret },
          description: `login cn-north-4@${access}`,
        }),
      ],
      policies: [
        policy(1, 'nightly', {
          description: `${secret} ${encodeURIComponent(securityToken)}`,
          note: { [access]: secret },
        }),
      ],
    }
    const { name } = await organization(repositories)
    for (const connection of ['default', 'temporary'] as const) {
      const own = await place(leaky, connection)
      const runs = await startRuns(asAdmin, own)
      for (const { address } of screens) {
        const answer = await page.goto(address(own, name, runs))
        expect(answer?.status()).toBe(200)
      }
      await page.goto(routes.replication(own))
      await page.getByRole('switch', { name: 'Enable nightly' }).click()
      await expect(page.getByText('nightly is disabled')).toBeVisible()
      await chooseAction(page, 'nightly', 'Delete')
      await expect(page.getByRole('dialog')).toBeVisible()
      await page.keyboard.press('Escape')
      await page.goto(routes.registries(own))
      for (const sentinel of [
        'fault-400',
        'fault-403',
        'fault-500',
        'fault-502-html',
        'fault-hangup',
        'fault-not-json',
      ]) {
        await page.getByRole('searchbox').fill(sentinel)
        await expect(page).toHaveURL(new RegExp(sentinel))
        await expect(page.getByRole('main').getByRole('alert')).toBeVisible()
      }
    }
    // SWR names the unknown key in its refusal.
    await page.goto(address.refused + routes.registries({ connection: 'unknown-key', instance: 'a-b-c' }))
    await expect(page.getByRole('main').getByRole('alert')).toContainText('•••')
    expect(await bytes.expectNoSecrets()).toBeGreaterThan(50)
  })
})

test('pages carry a strict policy of their own and tell nothing about the server', async ({ request, place }) => {
  const own = await place(content)
  const [first, second] = [await request.get(routes.replication(own)), await request.get(routes.replication(own))]
  const headers = first.headers()
  const policyOf = (answer: typeof first) => answer.headers()['content-security-policy'] ?? ''
  const nonce = /'nonce-([^']+)'/.exec(policyOf(first))?.[1] ?? ''
  expect(nonce.length).toBeGreaterThan(20)
  expect(policyOf(second)).not.toContain(nonce)
  for (const rule of ["default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
    expect(policyOf(first)).toContain(rule)
  expect(policyOf(first)).not.toMatch(/script-src[^;]*'unsafe-(inline|eval)'/)
  const scripts = [...(await first.text()).matchAll(/(<script\b[^>]*>)([\s\S]*?)<\/script>/g)]
  expect(scripts.length).toBeGreaterThan(3)
  // Our own one is the same for everybody, and named by what it says.
  const others = scripts.filter(([, tag = '']) => !tag.includes(`nonce="${nonce}"`))
  const hashes = others.map(([, , text = '']) => createHash('sha256').update(text).digest('base64'))
  expect(hashes.map((hash) => policyOf(first).includes(`'sha256-${hash}'`))).toEqual([true])
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
  })
  expect(headers).not.toHaveProperty('x-powered-by')
  expect(headers).not.toHaveProperty('set-cookie')
})

test('the API answers with headers of its own, whatever SWR sends', async ({ request, place }) => {
  const own = await place(content)
  const list = `/api/swr/default/v2/-/instances/${own.instance}/replication/policies?offset=0&limit=10`
  for (const [search, status] of [
    ['', 200],
    ['&name=fault-set-cookie', 200],
    ['&name=fault-502-html', 502],
    ['&name=fault-403', 502],
    ['&name=fault-429', 429],
    ['&colour=blue', 422],
  ] as const) {
    const answer = await request.get(list + search)
    expect.soft(answer.status(), search).toBe(status)
    const headers = answer.headers()
    expect.soft(headers, search).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
    expect.soft(headers['content-type'], search).toMatch(/^application\/json/)
    expect.soft(headers['content-security-policy'], search).toContain("default-src 'none'")
    for (const name of ['set-cookie', 'x-request-id', 'server', 'x-powered-by'])
      expect.soft(headers, search).not.toHaveProperty(name)
  }
})
