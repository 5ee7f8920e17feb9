import { readFile } from 'node:fs/promises'
import { routes } from '@/lib/routes'
import { expect, looks, test } from './fixtures'
import { expectNoSidewaysScroll, policiesMade, run, withoutScripts } from './policies'
import { expectRow, expectRows } from './rows'
import { chip, payments, progress, runHeading, runTable, small, start, tags, tagTable, why } from './runs'

test('watch a run of 500 tags to its end, understand why 37 of them failed, and send just these again', async ({
  page,
  place,
  request,
  accessible,
}) => {
  test.setTimeout(120_000)
  const own = await place(payments)
  // It begins soon, and lasts as long as anybody needs to read it.
  await own.pace(1.5)
  await start(request, own)
  await own.pace(20)
  await page.goto(routes.replicationRun(own, 1, 1))
  await expect(runHeading(page)).toBeVisible()
  const bar = page.getByRole('progressbar', { name: 'Progress by tags' })
  await expect(progress(page)).toContainText('500 tags in 14 repositories')
  await expect(progress(page)).toContainText(/\d+ copying/)
  await expect(progress(page)).toContainText(/\d+ waiting/)
  await expect(page.getByText(/tags per second/)).toBeVisible()
  await expect(page.getByText(/about .* left/)).toBeVisible()
  // It goes on by itself, and says so to whoever cannot see it.
  const before = Number(await bar.getAttribute('aria-valuenow'))
  await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(before)
  await own.pace(0.5)
  await expect(page.getByText('Partially failed', { exact: true })).toBeVisible({ timeout: 60_000 })
  await expect(bar).toHaveAttribute('aria-valuetext', '463 copied, 37 failed')
  await expect(progress(page)).toContainText('Repositories: 11 of 14 copied, 3 failed')
  await expect(page.getByText(/took (\d+ min )?\d+ s/)).toBeVisible()

  const causes = why(page).getByRole('listitem')
  await expect(causes).toHaveCount(2)
  await expect(causes.nth(0)).toContainText('The target rejected the credential')
  await expect(causes.nth(0)).toContainText('31 tags in 2 repositories, first')
  await expect(causes.nth(0)).toContainText('401 unauthorized: authentication required')
  await expect(causes.nth(0).getByRole('link', { name: 'Open registry' })).toHaveAttribute(
    'href',
    routes.registry(own, 3),
  )
  await expect(causes.nth(1)).toContainText('Namespace not found on the target')
  await expect(causes.nth(1)).toContainText('6 tags in payments/eu/api')
  await expect(causes.nth(1).getByRole('link', { name: 'Edit policy' })).toHaveAttribute(
    'href',
    routes.replicationEdit(own, 1),
  )

  await chip(page, 'Failed 37').click()
  await expect(page).toHaveURL(/phase=failed/)
  await expect(page.getByText('1–20 of 37')).toBeVisible()
  const failed = { Tag: /^payments\/.*:fault-/, Status: 'Failed' }
  await expectRows(
    tagTable(page),
    Array.from({ length: 20 }, () => failed),
  )
  await accessible()

  // Nothing moves any more: nobody asks for what it did.
  const asked = async () => (await own.received()).filter(({ path }) => path.endsWith('tasks')).length
  const settled = await asked()
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByText('21–37 of 37')).toBeVisible()
  expect(await asked()).toBe(settled)

  await own.pace(0)
  await page.getByRole('button', { name: 'Retry failed (37)' }).click()
  await expect(page.getByRole('dialog')).toContainText('37 tags in 3 repositories')
  await page.getByRole('dialog').getByRole('button', { name: 'Retry 37 items' }).click()
  const parts = page.getByRole('region', { name: 'Partial runs' })
  await expect(parts.getByText('Temporary policy deleted')).toHaveCount(3, { timeout: 60_000 })
  const made = await policiesMade(own)
  const tagsOf = (repository: string, from: string, count: number) =>
    expect.objectContaining({
      filters: [
        { type: 'name', value: repository },
        {
          type: 'tag',
          value: `{${tags(count, (at) => `${from}-${at}`)
            .sort()
            .join()}}`,
        },
      ],
    })
  expect(made).toHaveLength(3)
  expect(made).toContainEqual(tagsOf('payments/api', 'fault-denied', 19))
  expect(made).toContainEqual(tagsOf('payments/worker', 'fault-denied', 12))
  expect(made).toContainEqual(tagsOf('payments/eu/api', 'fault-no-namespace', 6))
})

test('go from a cause to its tags, narrow them down, and find the same view after a reload', async ({
  page,
  place,
  request,
}) => {
  const own = await place(payments)
  await own.pace(0)
  await start(request, own)
  await page.goto(routes.replicationRun(own, 1, 1))
  await why(page)
    .getByRole('link', { name: /Show these tags.*credential/ })
    .click()
  await expect(page.getByText('1–20 of 31')).toBeVisible()
  await page.getByRole('searchbox').fill('worker')
  await expect(page.getByText('1–12 of 12')).toBeVisible()
  await expect(page).toHaveURL(/q=worker/)
  await page.reload()
  await expect(page.getByText('1–12 of 12')).toBeVisible()
  await expect(chip(page, 'Failed 37')).toHaveAttribute('aria-pressed', 'true')
  await page.getByRole('button', { name: /Remove filter Cause: The target rejected the credential/ }).click()
  await expect(page).not.toHaveURL(/cause=/)
  await page.goBack()
  await expect(page).toHaveURL(/cause=credential/)
  await page.getByRole('searchbox').fill('nothing is called so')
  await expect(page.getByText('No matching tags')).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(page.getByText('1–20 of 500')).toBeVisible()
})

test('see which repositories are behind it, and the tags of one', async ({ page, place, request, accessible }) => {
  const own = await place(payments)
  await own.pace(0)
  await start(request, own)
  await page.goto(routes.replicationRun(own, 1, 1))
  await page.getByRole('group', { name: 'Run details' }).getByRole('button', { name: 'Repositories' }).click()
  const table = page.getByRole('table', { name: 'Repositories' })
  await expect(table.getByRole('row')).toHaveCount(15)
  await expectRow(table, 'payments/eu/api', { 'Tags copied': '30 of 36 6 failed' })
  await chip(page, 'Failed 3').click()
  await expect(table.getByRole('row')).toHaveCount(4)
  await accessible()
  await table.getByRole('button', { name: 'payments/eu/api' }).click()
  await expect(tagTable(page)).toBeVisible()
  await expect(page.getByText('1–20 of 36')).toBeVisible()
  await expect(page).toHaveURL(/repository=payments/)
})

test('take the failed tags along, as text and as JSON', async ({ page, place, request, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const own = await place(payments)
  await own.pace(0)
  await start(request, own)
  await page.goto(routes.replicationRunView(own, 1, 1, { phase: 'failed' }))
  const saved = async (name: string) => {
    const waiting = page.waitForEvent('download')
    await page.getByRole('link', { name }).click()
    const download = await waiting
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') }
  }
  const text = await saved('Download text')
  expect(text.name).toBe('run-1.txt')
  expect(text.text).toContain('Tags: 463 succeeded, 37 failed; in 14 repositories')
  expect(text.text.match(/^payments\/.*Failed.*$/gm)).toHaveLength(37)
  const json = await saved('Download JSON')
  expect(json.name).toBe('run-1.json')
  const { listed, failures }: { listed: unknown[]; failures: unknown[] } = JSON.parse(json.text)
  expect([listed.length, failures.length]).toEqual([37, 2])
  await page.getByRole('button', { name: 'Copy as text' }).click()
  await expect(page.getByRole('button', { name: 'Copied', exact: true })).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(
    '401 unauthorized: authentication required',
  )
})

test('come to a run from its policy, page by page, and go back to the same page', async ({ page, place }) => {
  const executions = tags(25, (at) => String(at + 1)).map((id) => run(Number(id), 1, 'Succeed'))
  const own = await place({ ...small, executions })
  await page.goto(routes.replicationPolicy(own, 1))
  const runs = runTable(page)
  await expect(runs.getByRole('row')).toHaveCount(11)
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page).toHaveURL(/page=2/)
  await expect(runs.getByRole('link', { name: '15', exact: true })).toBeVisible()
  expect((await own.received('GET')).filter(({ path }) => path.endsWith('/executions')).at(-1)?.query).toMatchObject({
    offset: '10',
    limit: '10',
    policy_id: '1',
  })
  await runs.getByRole('link', { name: '15', exact: true }).click()
  await expect(runHeading(page, 15)).toBeVisible()
  await page.goBack()
  await expect(runs.getByRole('link', { name: '15', exact: true })).toBeVisible()
  await expect(page).toHaveURL(/page=2/)
})

test('start a policy and follow the run from the notice', async ({ page, place }) => {
  const own = await place(small)
  await own.pace(600)
  await page.goto(routes.replicationPolicy(own, 1))
  await page.getByRole('button', { name: 'Run now' }).click()
  await page.getByRole('dialog', { name: 'Run nightly now?' }).getByRole('button', { name: 'Run now' }).click()
  await page.getByRole('button', { name: 'Open run' }).click()
  await expect(page).toHaveURL(routes.replicationRun(own, 1, 1))
  await expect(page.getByText('Preparing', { exact: true })).toBeVisible()
  await own.pace(0)
  await expect(progress(page)).toContainText('40 copied')
})

test.describe('a run that is not there', () => {
  test.use({ expectedErrors: [/status of 404/] })

  test('says so once, with the way back to its policy', async ({ page, place }) => {
    const own = await place({ ...small, executions: [run(1, 2, 'Succeed')] })
    expect((await page.goto(routes.replicationRun(own, 1, 1)))?.status()).toBe(404)
    await expect(page.getByRole('main').getByRole('alert')).toHaveCount(1)
    await expect(page.getByRole('main').getByRole('alert')).toContainText('Not found in SWR')
    await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'nightly' }).click()
    await expect(page).toHaveURL(routes.replicationPolicy(own, 1))
  })
})

for (const look of looks)
  test.describe(`in ${look.locale}, ${look.colorScheme}`, () => {
    test.use({ ...look, viewport: { width: 360, height: 740 } })

    test('a run fits a phone, from the first HTML on', async ({ page, place, asAdmin, accessible }) => {
      const own = await place(payments)
      await own.pace(0)
      await start(asAdmin, own)
      const answer = await page.goto(routes.replicationRunView(own, 1, 1, { phase: 'failed' }))
      const html = withoutScripts((await answer?.text()) ?? '')
      for (const text of ['fault-denied-0', '401 unauthorized: authentication required', 'payments-to-frankfurt'])
        expect(html).toContain(text)
      await expectNoSidewaysScroll(page)
      await accessible()
    })
  })
