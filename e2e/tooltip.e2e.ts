import { routes } from '@/lib/routes'
import { openList } from './alive'
import { expect, test } from './fixtures'
import { minutesAgo, policy, registry, run } from './policies'

const content = {
  registries: [registry(3, 'harbor-frankfurt')],
  policies: [policy(1, 'nightly')],
  executions: [run(1, 1, 'Succeed', { created_at: minutesAgo(5), updated_at: minutesAgo(5) })],
}

test.describe('a viewer', () => {
  test.use({ role: 'viewer' })

  test('reaches the reason of a blocked control by keyboard and pointer', async ({ page, place, accessible }) => {
    const own = await place(content)
    await openList(page, routes.replication(own))
    const create = page.getByRole('button', { name: 'New policy' })
    const tip = page.getByRole('tooltip')
    await create.hover()
    await expect(tip).toHaveText('Requires the Admin role')
    // It may be moved onto, to read it or take its text.
    await tip.hover()
    await expect(tip).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(tip).toHaveCount(0)
    await page.getByRole('searchbox').focus()
    await page.keyboard.press('Shift+Tab')
    await expect(page.locator(':focus-visible')).toHaveCount(1)
    const enabled = page.getByRole('switch')
    await enabled.focus()
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Tab')
    await expect(enabled).toBeFocused()
    await expect(tip).toHaveText('Requires the Admin role')
    await accessible()
  })

  test.describe('on a touch screen', () => {
    test.use({ hasTouch: true, viewport: { width: 360, height: 740 } })

    test('reaches it by a tap, and an exact time too', async ({ page, place }) => {
      const own = await place(content)
      await openList(page, routes.replication(own))
      const tip = page.getByRole('tooltip')
      // Whoever taps does not know that it is blocked.
      await page.getByRole('switch').tap({ force: true })
      await expect(tip).toHaveText('Requires the Admin role')
      const last = page.getByRole('row', { name: /nightly/ }).getByText(/^\d+ minutes ago$/)
      await last.tap()
      await expect(tip).toHaveText(/\(.+\)$/)
      await page.getByRole('heading', { level: 1 }).tap()
      await expect(tip).toHaveCount(0)
    })
  })
})

test('the exact time of a run is shown to whoever comes to it by keyboard', async ({ page, place }) => {
  const own = await place(content)
  await openList(page, routes.replication(own))
  const link = page.getByRole('row', { name: /nightly/ }).getByRole('link', { name: /Succeeded/ })
  await link.focus()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Shift+Tab')
  await expect(link).toBeFocused()
  await expect(page.getByRole('tooltip')).toHaveText(/\(.+\)$/)
})
