import { readFile } from 'node:fs/promises'
import { routes } from '@/lib/routes'
import { accounts } from './accounts'
import { expect, test } from './fixtures'
import { noteTexts } from './moments'
import { expectRow } from './rows'
import { addByPattern, aim, basket, cells, expectCells, frankfurt, hongkong, send, unseen } from './syncs'

const jobIn = (url: string) => Number(/\/jobs\/(\d+)/.exec(url)?.[1])

test.describe('a job', () => {
  test('moves in its grid and in its title without reloading', async ({ page, sandbox, organization }) => {
    // SWR refuses the first call: nothing moves before the page is there to show it.
    const own = await organization([{ name: 'fault-once', tags: ['1', '2', 'fault-late'] }], {
      mood: 'as-recorded',
      lies: 0,
      lateSeconds: 6,
    })
    await sandbox.organization(own.name, [], { region: frankfurt })
    await page.goto(routes.sync('default'))
    await addByPattern(page, `${own.name}/fault-once`, '*', 'Add 3 tags')
    await aim(page, frankfurt)
    await send(page, 'Send 3 tags to 1 region')
    const images = ['1', '2', 'fault-late'].map((tag) => `${own.name}/fault-once:${tag}`)
    for (const image of images) await expectCells(page, image, ['Failed'])
    await expect(page).toHaveTitle(/^3 of 3 not there yet – Sync job \d+/)
    const titles = await noteTexts(page, 'title')
    const rows = await noteTexts(page, '[role="grid"] [role="row"]:has([role="gridcell"])')
    await page.getByRole('button', { name: 'Send 3 failed again' }).click()
    await expect(page.getByText('All verified')).toBeVisible()
    for (const image of images) await expectCells(page, image, ['Verified'])
    await expect(page).toHaveTitle(/^3 of 3 verified – Sync job \d+/)
    // Of several the first one counts.
    const counted = (await titles()).map(([title]) => title)
    expect(counted).toContainEqual(expect.stringMatching(/^1 of 3 not there yet – Sync job \d+/))
    const between = [/:1\s+Verified$/, /:2\s+Verified$/, /:fault-late\s+Reported, checking$/]
    const seen = (await rows()).map((texts) => texts.map((text) => text.trim()))
    expect(seen).toContainEqual(expect.arrayContaining(between.map((text) => expect.stringMatching(text))))
  })

  test('says why a cell is as it is, and is sent again by cells that are chosen with the keyboard', async ({
    page,
    sandbox,
    organization,
  }) => {
    const own = await organization([{ name: 'web', tags: ['a', 'b', 'fault-once'] }])
    for (const region of [frankfurt, hongkong]) await sandbox.organization(own.name, [], { region })
    await page.goto(routes.sync('default'))
    await addByPattern(page, `${own.name}/web`, '*', 'Add 3 tags')
    await aim(page, frankfurt, hongkong)
    await send(page, 'Send 3 tags to 2 regions')
    for (const tag of ['a', 'b', 'fault-once']) await expectCells(page, `${own.name}/web:${tag}`, ['Failed', 'Failed'])
    await cells(page, `${own.name}/web:a`).first().click()
    const detail = page.getByRole('region', { name: `Details of ${own.name}/web:a` })
    await expect(detail).toContainText('SVCSTG.SWR.4090023')
    await expect(detail).toContainText('Request ID')
    await expect(page).toHaveURL(/[?&]cell=\d+/)
    const link = page.url()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Space')
    await page.keyboard.press('Shift+ArrowDown')
    await page.keyboard.press('Shift+ArrowDown')
    await expect(page.getByText('3 cells selected')).toBeVisible()
    await page.getByRole('button', { name: 'Send 3 selected again' }).click()
    await expectCells(page, `${own.name}/web:a`, ['Verified', 'Failed'])
    await expectCells(page, `${own.name}/web:fault-once`, ['Verified', 'Failed'])
    await page.getByRole('button', { name: '3 failed', exact: true }).click()
    await expect(page).toHaveURL(/[?&]state=failed/)
    await page.getByRole('button', { name: 'Send 3 failed again' }).click()
    await expect(page.getByText('All verified')).toBeVisible()
    await expect(page.getByText('No cells in this state')).toBeVisible()
    await page.goto(link)
    await expect(detail).toContainText('Verified')
  })

  test('is chosen from by press and drag', async ({ page, sandbox, organization }) => {
    const own = await organization([{ name: 'web', tags: ['a', 'b', 'c'] }])
    await sandbox.organization(own.name, [], { region: frankfurt })
    await page.goto(routes.sync('default'))
    await addByPattern(page, `${own.name}/web`, '*', 'Add 3 tags')
    await aim(page, frankfurt, unseen)
    await send(page, 'Send 3 tags to 2 regions')
    await expectCells(page, `${own.name}/web:c`, ['Verified', "Reported, can't verify"])
    const rows = page.getByRole('grid').getByRole('gridcell')
    await rows.nth(0).hover()
    await page.mouse.down()
    await rows.nth(3).hover()
    await page.mouse.up()
    await expect(page.getByText('4 cells selected')).toBeVisible()
    await page.getByRole('columnheader', { name: unseen }).click()
    await expect(page.getByText('5 cells selected')).toBeVisible()
  })

  test('is copied and saved as text and as JSON, with the reasons', async ({
    page,
    context,
    sandbox,
    organization,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const own = await organization([{ name: 'web', tags: ['1', 'fault-once'] }])
    await sandbox.organization(own.name, [], { region: frankfurt })
    await page.goto(routes.sync('default'))
    await addByPattern(page, `${own.name}/web`, '*', 'Add 2 tags')
    await aim(page, frankfurt)
    await send(page, 'Send 2 tags to 1 region')
    await expectCells(page, `${own.name}/web:1`, ['Failed'])
    await page.getByRole('button', { name: 'Copy as text' }).click()
    await expect(page.getByRole('button', { name: 'Copied', exact: true })).toBeVisible()
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    const id = jobIn(page.url())
    const saved = async (name: string) => {
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name, exact: true }).click(),
      ])
      return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') }
    }
    const text = await saved('Download text')
    expect(text).toEqual({ name: `sync-job-${id}.txt`, text: copied })
    const [title, ...lines] = text.text.split('\n')
    expect([title, lines.length]).toEqual([`Sync job ${id}`, 2])
    for (const line of lines) expect(line).toContain('\tFailed\t')
    expect(lines.find((line) => line.startsWith(`${own.name}/web:1\t`))).toMatch(
      new RegExp(`\t${frankfurt}/${own.name}\t.*SVCSTG\\.SWR\\.4090023`),
    )
    const json = await saved('Download JSON')
    expect(json.name).toBe(`sync-job-${id}.json`)
    expect(JSON.parse(json.text)).toMatchObject({
      job: { id, counts: { failed: 2 } },
      cells: [{ state: 'failed', swr: { status: 409 } }, { state: 'failed' }],
    })
  })

  test('says that SWR throttles, and until when, and goes on by itself', async ({ page, sandbox, organization }) => {
    // A key of its own: whoever uses it waits.
    const { access } = accounts.temporary
    const own = await organization([{ name: 'web', tags: ['1'] }])
    await sandbox.throttle({ access, syncCalls: 0, retryAfterSeconds: 6 })
    await page.goto(routes.sync('temporary'))
    await addByPattern(page, `${own.name}/web`, '*', 'Add 1 tag')
    await aim(page, unseen)
    await send(page, 'Send 1 tag to 1 region')
    await expect(page.getByText(/SWR is throttling this connection\. Sending continues in \d+ seconds?/)).toBeVisible()
    await expectCells(page, `${own.name}/web:1`, ['Waiting'])
    await sandbox.throttle({ access, syncCalls: null })
    await expectCells(page, `${own.name}/web:1`, ["Reported, can't verify"])
    await expect(page.getByText(/SWR is throttling/)).toBeHidden()
  })

  test('is paused, continued and canceled', async ({ page, organization }) => {
    // More than can be sent while somebody pauses, goes on and cancels: four at a time, two seconds each.
    const names = Array.from({ length: 120 }, (_, index) => ({ name: `r${index}`, tags: [{ name: '1', size: 2e9 }] }))
    const own = await organization(names, { secondsPerGigabyte: 1 })
    await page.goto(routes.sync('default'))
    await addByPattern(page, `${own.name}/**`, '*', 'Add 120 tags')
    await aim(page, unseen)
    await send(page, 'Send 120 tags to 1 region')
    await page.getByRole('button', { name: 'Pause' }).click()
    await expect(page.getByText('Paused')).toBeVisible()
    await page.getByRole('button', { name: 'Resume' }).click()
    await page.getByRole('button', { name: 'Cancel the rest' }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Cancel \d+ cells?$/ })
      .click()
    await expect(page.getByText(/The rest was canceled by/)).toBeVisible()
    const progress = page.getByRole('region', { name: 'Progress' })
    await expect(progress).toContainText(/\d+ canceled/)
    const canceled = Number(/(\d+) canceled/.exec(await progress.innerText())?.[1])
    expect(await own.received('POST')).toHaveLength(names.length - canceled)
  })
})

test('jobs of the past are found, lead to their audit log, and fill the basket again', async ({
  page,
  organization,
}) => {
  const own = await organization([{ name: 'web', tags: ['1', '2'] }])
  await page.goto(routes.sync('default'))
  await addByPattern(page, `${own.name}/web`, '*', 'Add 2 tags')
  await aim(page, unseen)
  await page.getByRole('textbox', { name: 'Reason' }).fill('release 2.4')
  await send(page, 'Send 2 tags to 1 region')
  await expect(page.getByText('Reason: release 2.4')).toBeVisible()
  await expect(page.getByText('Sent, not verified')).toBeVisible()
  const id = jobIn(page.url())
  await page.getByRole('link', { name: 'Sync jobs' }).click()
  await page.getByRole('searchbox', { name: 'Search by name' }).fill(own.name)
  await expect(page).toHaveURL((url) => url.searchParams.get('q') === own.name)
  const table = page.getByRole('table', { name: 'Sync jobs' })
  await expectRow(table, `Sync job ${id}`, {
    Images: /2 tags of 1 repository .* to cn-east-3/,
    Result: /Sent, not verified 2 reported, can't verify/,
    'Started by': /release 2.4/,
  })
  await page.getByRole('link', { name: `Audit log of sync job ${id}` }).click()
  await expect(page.getByRole('table')).toContainText('Start sync job')
  await page.goBack()
  await page.getByRole('button', { name: `Send again: sync job ${id}` }).click()
  await expect(page).toHaveURL(/\/sync$/)
  await expect(basket(page)).toContainText('2 tags of 1 repository')
  await expectCells(page, `${own.name}/web:1`, ['Not visible'])
  // What was collected before comes back at a press.
  await page.getByRole('button', { name: `Remove ${own.name}/web:1`, exact: true }).click()
  await expect(basket(page)).toContainText('1 tag of 1 repository')
  await page.getByRole('link', { name: 'Sync jobs' }).click()
  await page.getByRole('searchbox', { name: 'Search by name' }).fill(own.name)
  await expect(page).toHaveURL((url) => url.searchParams.get('q') === own.name)
  await page.getByRole('button', { name: `Send again: sync job ${id}` }).click()
  await expect(basket(page)).toContainText('2 tags of 1 repository')
  await expect(page.getByText(`The basket holds job ${id} now, in place of 1 tag`)).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(basket(page)).toContainText('1 tag of 1 repository')
})

test.describe('a job that is not there', () => {
  test.use({ expectedErrors: [/status of 404/] })

  test('is answered with 404 and says so', async ({ page }) => {
    const answer = await page.goto(routes.syncJob('default', 999_999))
    expect(answer?.status()).toBe(404)
    await expect(page.getByRole('main').getByRole('alert')).toBeVisible()
    await expect(page.getByRole('link', { name: 'Show all sync jobs' })).toBeVisible()
  })
})
