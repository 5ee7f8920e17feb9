import type { Page } from '@playwright/test'
import { routes } from '@/lib/routes'
import { expect, looks, test } from './fixtures'
import { amount, openForm, retention, review, ruled } from './retentions'
import { expectTerms } from './rows'

/** Ten tags of one repository, `1` the oldest; nobody has pulled them. */
const pushed = Array.from({ length: 10 }, (_, index) => ({
  name: String(index + 1),
  pushed: new Date(Date.UTC(2026, 0, index + 1)).toISOString(),
}))
const namespaces = [{ name: 'library', repositories: [{ name: 'nginx', tags: pushed }] }]
const keepTen = () => ruled(4, 'ten', { params: { latestPushedK: 10 } })

const card = (page: Page) => page.getByRole('region', { name: /^If it ran / })
const cut = (page: Page) => card(page).getByRole('slider', { name: 'Number of tags kept' })
const images = (page: Page) => card(page).getByRole('table', { name: 'Decision for each image' })

test('ten to five is seen on the axis, by keys and by the pointer, before anything is saved', async ({
  page,
  place,
  accessible,
}) => {
  const own = await place({ namespaces, retentions: [keepTen()] })
  await openForm(page, own)
  await expectTerms(card(page), { Deleted: /^0 tags/, Kept: /^10 tags/ })
  await expect(card(page)).toContainText('Same outcome as the saved rules.')
  await expect(cut(page)).toHaveAttribute('aria-valuenow', '10')
  await cut(page).focus()
  for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowLeft')
  await expect(amount(page)).toHaveValue('5')
  await expect(cut(page)).toHaveAttribute('aria-valuetext', 'keeps the 5 newest tags')
  await expectTerms(card(page), { Deleted: /^5 tags/, Kept: /^5 tags/ })
  await expect(card(page)).toContainText('Newly deleted: 5 tags (5 images)')
  // What the edit changes stands first.
  await expect(images(page).getByRole('row').nth(1)).toContainText('saved rules: Kept')
  await accessible()
  const box = await cut(page).boundingBox()
  if (!box) throw new Error('the cut line is not drawn')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.down()
  await page.mouse.move(box.x - 2000, box.y + box.height / 2, { steps: 4 })
  await page.mouse.up()
  await expect(amount(page)).toHaveValue('1')
  await expectTerms(card(page), { Deleted: /^9 tags/ })
  await amount(page).fill('5')
  await expectTerms(card(page), { Deleted: /^5 tags/ })
  await review(page)
  const impact = page.getByRole('dialog').getByRole('region', { name: 'What this changes now' })
  await expect(impact).toContainText('Newly deleted: 5 tags')
  await expect(impact).toContainText('library/nginx:1')
  expect(await own.received('PUT')).toEqual([])
})

test('a number is asked for at once; what it becomes while an answer is under way is asked for once', async ({
  page,
  place,
  context,
}) => {
  const own = await place({ namespaces, retentions: [keepTen()] })
  await openForm(page, own)
  await expectTerms(card(page), { Deleted: /^0 tags/ })
  const asked: unknown[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('/retention/decisions')) asked.push(request.postDataJSON().rules[0].params.latestPushedK)
  })
  const client = await context.newCDPSession(page)
  await client.send('Network.enable')
  const slow = { offline: false, latency: 1_000, downloadThroughput: -1, uploadThroughput: -1 }
  await client.send('Network.emulateNetworkConditions', slow)
  await cut(page).evaluate(async (line) => {
    for (let step = 0; step < 5; step++) {
      line.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }))
      await new Promise((resolve) => setTimeout(resolve))
    }
  })
  await expect(card(page)).toContainText('Updating')
  await expectTerms(card(page), { Deleted: /^5 tags/ })
  await expect(card(page)).not.toContainText('Updating')
  expect([asked[0], asked.at(-1)]).toEqual([9, 5])
  expect(asked.length).toBeLessThan(4)
})

test('rules that say nothing leave the last answer, and say that it is not theirs', async ({ page, place }) => {
  const own = await place({ namespaces, retentions: [retention(4, 'five')] })
  await openForm(page, own)
  await expectTerms(card(page), { Deleted: /^5 tags/ })
  await amount(page).fill('')
  await expect(card(page)).toContainText('Last valid rules')
  await expectTerms(card(page), { Deleted: /^5 tags/ })
  await amount(page).fill('8')
  await expect(card(page)).not.toContainText('Last valid rules')
  await expectTerms(card(page), { Deleted: /^2 tags/ })
})

test('look ahead: what goes when nobody pushes for ninety days', async ({ page, place }) => {
  const recent = [{ name: 'fresh', pushed: new Date(Date.now() - 86_400_000).toISOString() }]
  const own = await place({
    namespaces: [{ name: 'library', repositories: [{ name: 'web', tags: recent }] }],
    retentions: [ruled(4, 'month', { template: 'nDaysSinceLastPush', params: { nDaysSinceLastPush: 30 } })],
  })
  await page.goto(routes.retentionPolicy(own, 'library', 4))
  await expectTerms(card(page), { Deleted: /^0 tags/, Kept: /^1 tag/ })
  await card(page)
    .getByRole('slider', { name: /^Without pushes or pulls/ })
    .fill('90')
  await expect(page.getByRole('heading', { name: 'If it ran in 90 days' })).toBeVisible()
  await expectTerms(card(page), { Deleted: /^1 tag/ })
  await expect(card(page).getByRole('list', { name: 'Warnings' })).toContainText('loses everything')
  // A form looks ahead as well, beside what was typed into it.
  await expect(page).toHaveURL(/[?&]days=90(&|$)/)
  await page.goto(`${routes.retentionEdit(own, 'library', 4)}?days=90`)
  await expect(page.getByRole('heading', { name: 'If it ran in 90 days' })).toBeVisible()
  await page.getByRole('textbox', { name: 'Number of days' }).fill('300')
  await expectTerms(card(page), { Deleted: /^0 tags/, Kept: /^1 tag/ })
  await page.reload()
  await expect(page.getByText('Your unsaved draft was restored.')).toBeVisible()
  await expectTerms(card(page), { Deleted: /^0 tags/, Kept: /^1 tag/ })
})

test('images are found by tag, decision and repository', async ({ page, place }) => {
  const own = await place({
    namespaces: [
      {
        name: 'library',
        repositories: [
          { name: 'nginx', tags: pushed },
          { name: 'redis', tags: pushed.slice(0, 6) },
        ],
      },
    ],
    retentions: [retention(4, 'five')],
  })
  await page.goto(routes.retentionPolicy(own, 'library', 4))
  await expect(images(page)).toHaveAttribute('aria-rowcount', '17')
  await card(page).getByRole('combobox', { name: 'Decision' }).selectOption('Deleted')
  await expect(images(page)).toHaveAttribute('aria-rowcount', '7')
  await card(page)
    .getByRole('button', { name: /^library\/redis/ })
    .click()
  await expect(images(page)).toHaveAttribute('aria-rowcount', '2')
  await expect(images(page).getByRole('row').nth(1)).toContainText('library/redis')
  // Whoever is sent the link sees the same.
  await expect(page).toHaveURL(/[?&]filter=delete(&|$)/)
  await page.goto(page.url())
  await expect(images(page)).toHaveAttribute('aria-rowcount', '2')
  await expect(card(page).getByRole('combobox', { name: 'Decision' })).toHaveValue('delete')
  await expect(card(page).getByRole('button', { name: /^library\/redis/ })).toHaveAttribute('aria-pressed', 'true')
  await card(page)
    .getByRole('button', { name: /^library\/redis/ })
    .click()
  await card(page).getByRole('searchbox').fill('nothing-has-this')
  await expect(card(page)).toContainText('No matching images')
  await expect(page).toHaveURL(/[?&]q=nothing-has-this(&|$)/)
  await page.reload()
  await expect(card(page)).toContainText('No matching images')
})

for (const look of looks.filter(({ locale }) => locale === 'en-GB')) {
  test.describe(`on a phone, ${look.colorScheme} theme`, () => {
    test.use({ ...look, viewport: { width: 360, height: 740 } })

    test('the card stands below the form and fits', async ({ page, place, accessible }) => {
      const own = await place({ namespaces, retentions: [keepTen()] })
      await openForm(page, own)
      await expectTerms(card(page), { Kept: /^10 tags/ })
      await accessible()
      const width = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(width).toBeLessThanOrEqual(360)
    })
  })
}
