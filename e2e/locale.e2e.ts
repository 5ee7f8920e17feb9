import { routes } from '@/lib/routes'
import { expect, test } from './fixtures'
import { farFromNow, minutesAgo, policy, registry, scheduled, withoutScripts } from './policies'

const registries = [registry(3, 'harbor-frankfurt')]

test('change the language; it takes effect at once and stays', async ({ page, place }) => {
  const own = await place({ registries, policies: [policy(1, 'nightly')] })
  await page.goto(routes.settings())
  await page.getByRole('radio', { name: '简体中文' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '设置' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
  await page.reload()
  await expect(page.getByRole('radio', { name: '简体中文' })).toBeChecked()
  const answer = await page.goto(routes.replication(own))
  expect(withoutScripts((await answer?.text()) ?? '')).toContain('同步策略')
  await page.goto(routes.settings())
  await page.getByRole('radio', { name: 'English' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
})

test('change the theme; it takes effect at once and the first paint knows it', async ({ page }) => {
  await page.goto(routes.settings())
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const light = await background()
  await page.getByRole('radio', { name: 'Dark' }).check()
  await expect.poll(background).not.toBe(light)
  const again = await page.reload()
  expect(await again?.text()).toMatch(/<html[^>]* class="[^"]*\bdark\b/)
  await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked()
  expect(await background()).not.toBe(light)
  await page.getByRole('radio', { name: 'System' }).check()
  await expect.poll(background).toBe(light)
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(background).not.toBe(light)
})

test('hover over a time to see it in full, in the viewer’s zone', async ({ page, place }) => {
  const own = await place({
    registries,
    policies: [policy(1, 'nightly', { created_at: '2026-01-31T16:30:00Z', updated_at: minutesAgo(5) })],
  })
  await page.goto(routes.replication(own))
  const created = page.getByRole('rowheader').locator('time[datetime="2026-01-31T16:30:00.000Z"]')
  await expect(created).toHaveAttribute(
    'aria-description',
    /1 Feb 2026.*00:30:00.*Asia\/Shanghai|Feb 1, 2026.*12:30:00.*Asia\/Shanghai/,
  )
  await page.goto(`${routes.replication(own)}?sort=updated_at`)
  await expect(page.getByRole('rowheader').getByText(/^updated [56] minutes ago$/)).toBeVisible()
  // The second visit has it in the first HTML.
  const answer = await page.reload()
  expect(withoutScripts((await answer?.text()) ?? '')).toMatch(/aria-description="[^"]*Asia\/Shanghai/)
})

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN', expectedErrors: [/status of 502/] })

  test('work with policies in Chinese: list, menu, failure', async ({ page, place }) => {
    const { cron, time } = farFromNow()
    const own = await place({
      registries,
      policies: [policy(1, 'nightly', scheduled(cron))],
    })
    await page.goto(routes.replication(own))
    await expect(page.getByRole('heading', { level: 1, name: '同步策略' })).toBeVisible()
    await expect(page.getByRole('row').nth(1)).toContainText(`每天 ${time}`)
    await page.getByRole('button', { name: 'nightly 的操作' }).click()
    await page.getByRole('menuitem', { name: '删除' }).click()
    const dialog = page.getByRole('dialog', { name: '删除策略 nightly？' })
    await expect(dialog).toBeVisible()
    await dialog.getByRole('button', { name: '取消' }).click()
    // No English is left but SWR's own words and names.
    await expect(page.getByRole('link', { name: 'nightly' })).toBeVisible()
    const text = await page.getByRole('main').innerText()
    expect(text).not.toMatch(
      /\b(ago|Updated|Created|Name|Next|Previous|per page|Registry|Manual|Enabled|Last run|Never ran)\b/,
    )
    await page.goto(routes.registries(own))
    await page.getByRole('searchbox').fill('fault-403')
    const alert = page.getByRole('main').getByRole('alert')
    await expect(alert).toContainText('SWR.403001')
    await expect(alert.getByRole('button')).toHaveText(['复制编码的授权信息', '重试'])
  })
})
