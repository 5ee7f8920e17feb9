import type { APIResponse } from '@playwright/test'
import { routes } from '@/lib/routes'
import { expect, test } from './fixtures'
import { policy, registry } from './policies'

const content = { registries: [registry(3, 'harbor-frankfurt')], policies: [policy(1, 'nightly')] }

const kept = 'public, max-age=31536000, immutable'

test('what never changes comes as the build encoded it and is kept; pages and data are not kept', async ({
  request,
  place,
}) => {
  const own = await place(content)
  const get = (path: string, accepted = 'gzip, deflate, br') =>
    request.get(path, { headers: { 'accept-encoding': accepted } })
  const headersOf = async (answer: Promise<APIResponse>) => {
    const { 'content-encoding': encoding, 'cache-control': cache, vary } = (await answer).headers()
    return { encoding, cache, varies: vary?.includes('Accept-Encoding') ?? false }
  }
  const html = await (await get(routes.replication(own))).text()
  const files = [/\/_next\/static\/[^"]+\.js/, /\/_next\/static\/[^"]+\.css/, /\/messages\/[\w-]+\/[\w-]{12}/]
  for (const pattern of files) {
    const path = pattern.exec(html)?.[0] ?? ''
    expect.soft(await headersOf(get(path)), path).toEqual({ encoding: 'br', cache: kept, varies: true })
    expect.soft(await headersOf(get(path, 'gzip')), path).toEqual({ encoding: 'gzip', cache: kept, varies: true })
    const plain = await get(path, 'identity')
    expect.soft(plain.headers()['content-encoding'], path).toBeUndefined()
    expect.soft(await plain.text(), path).toBe(await (await get(path)).text())
  }
  const style = await (await get(files[1]?.exec(html)?.[0] ?? '')).text()
  const font = /\/media\/[^)"]+\.woff2/.exec(style)?.[0]
  expect(await headersOf(get(`/_next/static${font}`))).toMatchObject({ encoding: undefined, cache: kept })

  // Not even in the memory that "back" goes to: after signing out nothing of it may come up again.
  const never = 'private, no-cache, no-store, max-age=0, must-revalidate'
  for (const path of [routes.home(), routes.replication(own)]) {
    expect.soft(await headersOf(get(path)), path).toEqual({ encoding: 'br', cache: never, varies: true })
    expect.soft(await headersOf(get(path, 'gzip')), path).toMatchObject({ encoding: 'gzip', varies: true })
  }
  const list = '/api/swr/default/v2/-/instances'
  expect(await headersOf(get(list))).toMatchObject({ cache: 'no-store' })
  expect(await headersOf(get('/api/health'))).toEqual({ encoding: undefined, cache: 'no-store', varies: false })
  expect(await headersOf(get('/icon.svg'))).toMatchObject({ cache: 'public, max-age=0, must-revalidate' })
})

test('fonts wait for the first row, and those of rare letters for such a letter', async ({ page, place }) => {
  const own = await place({
    ...content,
    policies: [policy(1, 'nightly'), { ...policy(2, 'weekly'), description: 'Wöchentlich' }],
  })
  const fonts: string[] = []
  page.on('request', (request) => {
    const name = /\/media\/([a-z_]+)[\w.-]*\.woff2/.exec(request.url())?.[1]
    if (name) fonts.push(name)
  })
  const answer = await page.goto(routes.replicationPolicy(own, 1))
  expect(answer?.headers().link ?? '').not.toContain('as="font"')
  await expect.poll(() => [...fonts].sort()).toEqual(['inter', 'jetbrains_mono'])
  await page.goto(routes.replicationPolicy(own, 2))
  await expect(page.getByText('Wöchentlich')).toBeVisible()
  await expect.poll(() => fonts).toContain('inter_more')
})
