import { routes } from '@/lib/routes'
import { expect, test } from './fixtures'
import { policy, registry } from './policies'

const content = { registries: [registry(3, 'harbor-frankfurt')], policies: [policy(1, 'nightly')] }

const addressIn = (html: string) => /\/messages\/[\w-]+\/[\w-]{12}/.exec(html)?.[0] ?? ''

test.describe('nobody is signed in', () => {
  test.use({ role: 'nobody' })

  test('the texts of a language are a file that browsers keep, in the version that pages name', async ({ request }) => {
    const [english, chinese] = await Promise.all(
      ['en', 'zh-CN'].map(async (language) => {
        const page = await request.get(routes.signIn(), { headers: { 'accept-language': language } })
        return addressIn(await page.text())
      }),
    )
    expect(english).toContain('/messages/en/')
    expect(chinese).toContain('/messages/zh-CN/')
    const answer = await request.get(english ?? '')
    expect(answer.headers()).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': expect.stringContaining('application/json'),
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    })
    expect(await answer.json()).toMatchObject({ account: { signIn: 'Sign in' } })
    // What another build has said is not answered by what this one says.
    expect((await request.get('/messages/en/AAAAAAAAAAAA')).status()).toBe(404)
  })
})

test('the page shows its rows before its texts have come, and is alive when they are there', async ({
  page,
  place,
}) => {
  const own = await place(content)
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/messages/**', (route) => released.then(() => route.continue()))
  await page.goto(routes.replication(own))
  await expect(page.getByRole('link', { name: 'nightly' })).toBeVisible()
  await page.getByRole('button', { name: 'Actions for nightly' }).click()
  await expect(page.getByRole('menu')).toHaveCount(0)
  release()
  await expect(page.getByRole('menuitem', { name: 'Delete' })).toBeVisible()
})
