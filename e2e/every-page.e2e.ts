import { expectChinese, expectFits, windows } from './fit'
import { expect, looks, test } from './fixtures'
import { content, repositories, screens, startRuns } from './pages'
import { expectNoSidewaysScroll, withoutScripts } from './policies'

for (const look of looks) {
  test.describe(`${look.locale}, ${look.colorScheme}`, () => {
    test.use(look)

    test('every page shows its data in the first HTML, has a title, is accessible, and fits', async ({
      page,
      place,
      organization,
      asAdmin,
      accessible,
    }) => {
      // Dozens of screens, each with a look at its accessibility.
      test.slow()
      const own = await place(content)
      const { name } = await organization(repositories)
      const runs = await startRuns(asAdmin, own)
      const locale = look.locale === 'zh-CN' ? 'zh-CN' : 'en'
      for (const { address, title, shows } of screens) {
        const path = address(own, name, runs)
        const titles = typeof title === 'function' ? title(runs) : title
        await test.step(path, async () => {
          const answer = await page.goto(path)
          expect(answer?.status()).toBe(200)
          // Where a long pattern may break is no part of its text.
          const html = withoutScripts((await answer?.text()) ?? '').replaceAll('<wbr/>', '')
          for (const text of shows) expect(html).toContain(text)
          await expect(page).toHaveTitle(
            `${titles[locale]} · ${locale === 'en' ? 'SWR Policy Console' : 'SWR 策略控制台'}`,
          )
          await expect(page.locator('html')).toHaveAttribute('lang', locale)
          await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
          await accessible()
          // A theme makes nothing wider.
          if (look.colorScheme === 'dark') await expectFits(page)
          if (locale === 'zh-CN') await expectChinese(page)
        })
      }
    })
  })
}

test.describe('on a phone', () => {
  test.use({ viewport: windows.phone })

  test('no page scrolls sideways', async ({ page, place, organization, asAdmin, accessible }) => {
    test.slow()
    const own = await place(content)
    const { name } = await organization(repositories)
    const runs = await startRuns(asAdmin, own)
    for (const { address } of screens) {
      const path = address(own, name, runs)
      await test.step(path, async () => {
        await page.goto(path)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await expectNoSidewaysScroll(page)
        await accessible()
      })
    }
  })
})
