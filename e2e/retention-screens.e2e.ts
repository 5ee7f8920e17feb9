import type { Page } from '@playwright/test'
import { routes } from '@/lib/routes'
import { expectChinese, expectFits, windows } from './fit'
import { expect, test } from './fixtures'
import { cookiesOf, visitor } from './people'
import { farFromNow, scheduled } from './policies'
import { archiveRegistry, armAnew, askedByAnother, dailyTags, library, limit } from './retention-runs'
import { retention } from './retentions'
import { textsIn } from './texts'

/* What is asked before images go for good, and before they come back, as it looks. */

const repository = 'team/a-service-whose-name-is-longer-than-most'

for (const locale of ['en-GB', 'zh-CN'] as const) {
  test.describe(locale, () => {
    test.use({ locale })

    test('questions about a run fit every window, and are accessible in both themes', async ({
      page,
      place,
      asAdmin,
      playwright,
      accessible,
    }) => {
      // Six looks at each of five questions and pages.
      test.slow()
      const t = textsIn(locale === 'zh-CN' ? 'zh-CN' : 'en')
      const archive = await place({ namespaces: [{ name: 'kept', repositories: [] }] })
      const own = await place(
        library(0, {
          namespaces: [{ name: 'library', repositories: [{ name: repository, tags: dailyTags(8) }] }],
          registries: [archiveRegistry(archive)],
          retentions: [retention(4, 'nightly', { ...scheduled(farFromNow().cron), enabled: false })],
        }),
      )
      await own.pace(0)
      const kept = { registry: 3, namespace: 'kept', days: 30 }
      await limit(asAdmin, own, { archive: kept })
      const operator = await playwright.request.newContext({
        storageState: cookiesOf('operator'),
        extraHTTPHeaders: visitor(),
      })
      const looksRight = async () => {
        await expectFits(page)
        if (locale === 'zh-CN') await expectChinese(page)
        for (const [colorScheme, size] of [
          ['dark', windows.phone],
          ['light', windows.small],
        ] as const) {
          await page.emulateMedia({ colorScheme })
          await page.setViewportSize(size)
          await accessible()
        }
      }
      const named = (page: Page) =>
        page.getByRole('dialog').getByRole('textbox', { name: t('retentionRuns.ask.typed', { namespace: 'library' }) })

      await page.goto(routes.retentionEdit(own, 'library', 4))
      await expect(page.getByRole('table', { name: t('retention.image.label') })).toBeVisible()
      await looksRight()

      const dryRun = await armAnew(operator, own)
      await page.goto(routes.retentionPolicy(own, 'library', 4))
      await page.getByRole('button', { name: t('retentionRuns.runNow') }).click()
      await expect(named(page)).toBeVisible()
      await looksRight()
      await page.keyboard.press('Escape')
      await page.getByRole('switch').click()
      await expect(named(page)).toBeVisible()
      await expect(page.getByRole('dialog')).toContainText(`${repository}:v3`)
      await looksRight()

      // A schedule above the ceiling cannot be enabled, and a run asks another admin.
      await limit(asAdmin, own, { archive: kept, ceilingTags: 2 })
      await page.goto(
        routes.retentionRun({ ...own, namespace: 'library', policy: 4 }, await askedByAnother(operator, own, dryRun)),
      )
      await operator.dispose()
      await page.getByRole('button', { name: t('retentionRuns.run.confirm') }).click()
      await looksRight()
      await named(page).fill('library')
      await page
        .getByRole('dialog')
        .getByRole('button', { name: t('retentionRuns.run.confirmAct', { count: 3 }) })
        .click()
      await page
        .getByRole('checkbox', {
          name: t('retentionRuns.run.choose', { name: `library/${repository}:v1` }),
          exact: true,
        })
        .check({ timeout: 30_000 })
      await looksRight()
      await page.getByRole('button', { name: t('retentionRuns.run.restore', { count: 1 }) }).click()
      await expect(page.getByRole('dialog')).toContainText('archive')
      await looksRight()
    })
  })
}
