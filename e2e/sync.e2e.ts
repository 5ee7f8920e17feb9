import { routes } from '@/lib/routes'
import { address } from './accounts'
import { untilAlive, watchRequests } from './alive'
import { expect, looks, test } from './fixtures'
import {
  addByPattern,
  aim,
  basket,
  cells,
  choose,
  expectCells,
  frankfurt,
  hongkong,
  send,
  sendButton,
  unseen,
} from './syncs'

test('40 tags of 5 repositories go to 3 regions, and what did not arrive is sent again until it is seen there', async ({
  page,
  sandbox,
  organization,
}) => {
  test.slow()
  const tags = ['v1', 'v2', 'v3', 'v4', 'v5', 'v6', 'fault-once-1', 'fault-never-1']
  const names = ['api', 'web', 'team/worker', 'team/jobs', 'gateway']
  const own = await organization(
    names.map((name) => ({ name, tags })),
    { mood: 'as-recorded', lies: 0 },
  )
  for (const region of [frankfurt, hongkong]) await sandbox.organization(own.name, [], { region })
  await page.goto(routes.sync('default'))
  await addByPattern(page, `${own.name}/**`, '*', 'Add 40 tags')
  await expect(basket(page)).toContainText('40 tags of 5 repositories')
  await aim(page, frankfurt, hongkong, unseen)
  await expectCells(page, `${own.name}/api:v1`, ['New', 'New', 'Not visible'])
  await send(page, 'Send 40 tags to 3 regions')
  const progress = page.getByRole('region', { name: 'Progress' })
  // What never arrives is not there once the time is over; a refused call took all its tags with it.
  await expect(progress).toContainText(/failed/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Sync job \d+/)
  await expect(page.getByText('Not all arrived')).toBeVisible({ timeout: 40_000 })
  await sandbox.mood({ organization: own.name, mood: 'strict' })
  const again = page.getByRole('button', { name: /^Send \d+ failed again$/ })
  await again.click()
  await expect(progress).toContainText('80 verified', { timeout: 40_000 })
  await expect(progress).toContainText("40 reported, can't verify", { timeout: 40_000 })
  await expect(again).toBeHidden()
  await expect(page.getByText('Sent, not verified')).toBeVisible()
  await expect(page).toHaveTitle(/^40 of 120 can't be verified – Sync job \d+ · SWR Policy Console$/)
})

test('tags are taken with Shift and with the arrow keys, and the basket outlives the tab', async ({
  page,
  context,
  organization,
}) => {
  const own = await organization([{ name: 'web', tags: ['t1', 't2', 't3', 't4', 't5', 't6'] }])
  const here = routes.sync('default', { organization: own.name, repository: 'web' })
  await page.goto(here)
  await untilAlive(page)
  const boxes = page.getByRole('list', { name: 'Tags' }).getByRole('checkbox')
  await boxes.nth(0).check()
  await boxes.nth(2).click({ modifiers: ['Shift'] })
  await expect(page.getByText('3 in the basket')).toBeVisible()
  await boxes.nth(4).focus()
  await page.keyboard.press('Shift+ArrowDown')
  await expect(page.getByText('5 in the basket')).toBeVisible()
  await expect(boxes.nth(3)).not.toBeChecked()
  await aim(page, frankfurt)
  await page.reload()
  await expect(basket(page)).toContainText('5 tags of 1 repository')
  const other = await context.newPage()
  await other.goto(here)
  await expect(basket(other)).toContainText('5 tags of 1 repository')
  // What one tab takes out is gone in the other.
  await other.getByRole('button', { name: `Remove ${own.name}/web:t1`, exact: true }).click()
  await expect(basket(other)).toContainText('4 tags')
  await expect(basket(page)).toContainText('4 tags')
  await page.getByRole('button', { name: 'Empty' }).click()
  await expect(basket(page)).toContainText('Nothing collected')
  await expect(page.getByText('4 tags were removed from the basket')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(basket(page)).toContainText('4 tags of 1 repository')
  await expect(basket(other)).toContainText('4 tags')
  await page.getByRole('button', { name: 'Empty' }).click()
  await expect(basket(page)).toContainText('Nothing collected')
  await expect(page.getByRole('button', { name: frankfurt, exact: true })).toHaveAttribute('aria-pressed', 'true')
})

test('each of 500 pasted lines says what became of it', async ({ page, organization }) => {
  const tags = Array.from({ length: 480 }, (_, index) => ({
    name: `b-${index}`,
    digest: `sha256:${index.toString(16).padStart(64, '0')}`,
  }))
  const own = await organization([{ name: 'team/api', tags }])
  const other = await organization([{ name: 'shared/tool', tags: ['1'] }])
  const third = await organization([{ name: 'shared/tool', tags: ['1'] }])
  const path = `${own.name}/team/api`
  const lines = [
    `\ufeff${path}:b-0`,
    `${path.toUpperCase()}:b-1   `,
    `${path}@sha256:${(2).toString(16).padStart(64, '0')}`,
    `swr.cn-north-4.myhuaweicloud.com/${path}:b-3`,
    `${path}:gone`,
    `${path}@sha256:abc`,
    'not a name',
    'shared/tool:1',
    `${path}:b-0`,
    '',
    ...Array.from({ length: 476 }, (_, index) => `${path}:b-${index + 4}`),
    ...Array.from({ length: 13 }, (_, index) => `${path}:nothing-${index}`),
    `${path}:${'x'.repeat(1_200)}`,
  ]
  await page.goto(routes.sync('default'))
  await untilAlive(page)
  await page.getByRole('radio', { name: 'Paste a list' }).click()
  const box = page.getByRole('textbox', { name: 'List of images' })
  await box.fill([...lines, `${path}:b-5`, `${path}:b-6`].join('\n'))
  await expect(page.getByText('501 lines, but only 500 can be read at once')).toBeVisible()
  await box.fill(lines.join('\n'))
  await page.getByRole('button', { name: 'Look up and add 499 lines' }).click()
  const result = page.getByRole('region', { name: 'Result' })
  await expect(result.getByRole('status')).toContainText('480 tags added')
  await expect(result.getByRole('status')).toContainText('14 not found')
  const line = (number: number) =>
    result
      .getByRole('list', { name: 'Lines' })
      .locator(':scope > li')
      .nth(number - 1)
  await expect(line(1)).toContainText('Found')
  await expect(line(2)).toContainText('Found')
  await expect(line(3)).toContainText('Found')
  await expect(line(5)).toContainText('The repository has no such tag')
  await expect(line(6)).toContainText('The digest is cut short')
  await expect(line(7)).toContainText('Unreadable')
  await expect(line(8)).toContainText('Several organizations have this repository')
  await expect(line(9)).toContainText('Repeated')
  // The number is that of the text, blank lines included.
  await expect(line(499)).toContainText('The line is too long')
  await expect(line(499)).toContainText('500')
  await expect(basket(page)).toContainText('480 tags of 1 repository')
  await line(8)
    .getByRole('button', { name: `Add ${third.name}/shared/tool:1` })
    .click()
  await expect(basket(page)).toContainText('481 tags of 2 repositories')
  await expect(line(8)).toContainText(`${other.name}/shared/tool:1`)
})

test.describe('patterns', () => {
  test.use({ expectedErrors: [/status of 422/] })

  test('a pattern is counted before anything is added', async ({ page, organization }) => {
    const own = await organization([
      { name: 'web', tags: ['2.0', '2.1', '3.0'] },
      { name: 'api', tags: ['2.0', 'latest'] },
    ])
    await page.goto(routes.sync('default', { organization: own.name }))
    await untilAlive(page)
    await page.getByRole('radio', { name: 'By pattern' }).click()
    await expect(page.getByRole('textbox', { name: 'Repository pattern' })).toHaveValue(`${own.name}/**`)
    await page.getByRole('textbox', { name: 'Tag pattern' }).fill('2.*')
    await expect(page.getByText('3 tags in 2 repositories')).toBeVisible()
    await expect(basket(page)).toContainText('Nothing collected')
    await page.getByRole('button', { name: 'Add 3 tags' }).click()
    await expect(page.getByRole('button', { name: 'All are in the basket' })).toBeDisabled()
    await expect(basket(page)).toContainText('3 tags of 2 repositories')
    await expect(page).toHaveURL((url) => url.searchParams.get('add') === 'pattern')
    await page.getByRole('textbox', { name: 'Tag pattern' }).fill('{2.*')
    await expect(page.getByRole('textbox', { name: 'Tag pattern' })).toHaveAccessibleDescription(/is unclosed/)
  })
})

test('what is there with another digest is overwritten only when that is chosen, and typed', async ({
  page,
  sandbox,
  organization,
}) => {
  const own = await organization([{ name: 'web', tags: ['1.0', '1.1', '1.2'] }])
  const held = [
    {
      name: 'web',
      tags: [
        { name: '1.0', digest: `sha256:${'a'.repeat(64)}` },
        { name: '1.1', digest: `sha256:${'b'.repeat(64)}` },
      ],
    },
  ]
  await sandbox.organization(own.name, held, { region: frankfurt })
  const image = (tag: string) => `${own.name}/web:${tag}`
  await page.goto(routes.sync('default', { organization: own.name, repository: 'web' }))
  await untilAlive(page)
  await page.getByRole('checkbox', { name: 'Select all 3 shown' }).check()
  await aim(page, frankfurt)
  await expectCells(page, image('1.0'), ['Different, kept'])
  await expectCells(page, image('1.2'), ['New'])
  await expect(sendButton(page, 'Send 1 tag to 1 region')).toBeVisible()
  await page.getByRole('button', { name: '2 with a different digest' }).click()
  await page.getByRole('button', { name: 'Overwrite 2' }).click()
  // One of them is left after all, by keyboard.
  await cells(page, image('1.1')).click()
  await page.getByRole('button', { name: 'Leave out 1' }).click()
  await expectCells(page, image('1.0'), ['Overwrite'])
  await expectCells(page, image('1.1'), ['Different, kept'])
  await sendButton(page, 'Send 2 tags to 1 region').click()
  const dialog = page.getByRole('dialog', { name: 'Overwrite 1 tag in 1 target?' })
  await expect(dialog).toContainText(image('1.0'))
  await expect(dialog).not.toContainText(image('1.1'))
  const act = dialog.getByRole('button', { name: 'Send 2 tags to 1 region' })
  await act.click()
  await expect(dialog).toContainText('This is different from what was asked for.')
  expect(await own.received('POST')).toEqual([])
  await dialog.getByRole('textbox', { name: `Enter ${frankfurt} to confirm` }).fill(frankfurt)
  await act.click()
  await expectCells(page, image('1.0'), ['Verified'])
  await expectCells(page, image('1.2'), ['Verified'])
  const overridden = (await own.received('POST')).map(({ body }) => body)
  expect(overridden).toContainEqual(expect.objectContaining({ imageTag: ['1.0'], override: true }))
  expect(overridden).toContainEqual(expect.objectContaining({ imageTag: ['1.2'], override: false }))
})

test('an organization has to be entered where the tags have several, and a bad name is said at its field', async ({
  page,
  organization,
}) => {
  const [one, two] = [
    await organization([{ name: 'web', tags: ['1'] }]),
    await organization([{ name: 'api', tags: ['1'] }]),
  ]
  for (const [own, repository] of [
    [one, 'web'],
    [two, 'api'],
  ] as const) {
    await page.goto(routes.sync('default', { organization: own.name, repository }))
    await untilAlive(page)
    await choose(page, '1')
  }
  await aim(page, frankfurt)
  const field = page.getByRole('textbox', { name: `Organization in ${frankfurt}` })
  await expect(field).toHaveAccessibleDescription('This field is required.')
  await expect(page.getByText('No plan yet')).toBeVisible()
  await field.fill('Mirror')
  await expect(field).toHaveAccessibleDescription(/Start with a lowercase letter/)
  await field.fill('mirror-of-both')
  await expectCells(page, `${one.name}/web:1`, ['No organization'])
})

test('a region that is not listed can be typed; the own region is refused in its column only', async ({
  page,
  sandbox,
  organization,
}) => {
  const own = await organization([{ name: 'web', tags: ['1.0'] }])
  await sandbox.organization(own.name, [], { region: frankfurt })
  await page.goto(routes.sync('default', { organization: own.name, repository: 'web' }))
  await untilAlive(page)
  await choose(page, '1.0')
  await aim(page, frankfurt)
  for (const region of ['cn-north-4', 'cn-north-999']) {
    await page.getByRole('textbox', { name: 'Another region' }).fill(region)
    await page.getByRole('button', { name: 'Add region' }).click()
  }
  await expect(page.getByRole('region', { name: 'cn-north-999' })).toContainText("SWR doesn't list this region")
  await expectCells(page, `${own.name}/web:1.0`, ['New', 'Same region', 'Not visible'])
  await expect(sendButton(page, 'Send 1 tag to 2 regions')).toBeVisible()
})

for (const tagSearch of ['part', 'whole'] as const) {
  test(`a tag far beyond what is loaded is found by its name, where SWR finds it by the ${tagSearch}`, async ({
    page,
    organization,
  }) => {
    const tags = Array.from({ length: 10_000 }, (_, at) => `b-${at}`)
    const own = await organization([{ name: 'web', tags }], { tagSearch })
    await page.goto(routes.sync('default', { organization: own.name, repository: 'web' }))
    await expect(page.getByText('100 of 10,000 shown')).toBeVisible()
    await page.getByRole('searchbox', { name: 'Search tags by name' }).fill('b-4321')
    await choose(page, 'b-4321')
    await expect(basket(page)).toContainText('1 tag of 1 repository')
  })
}

test('a link leads to the tags, which are there in the first answer', async ({ page, organization, request }) => {
  const own = await organization([{ name: 'team/api', tags: ['2.4.1', '2.4.0'] }])
  const link = routes.sync('default', { organization: own.name, repository: 'team/api' })
  const html = await (await request.get(link)).text()
  for (const text of ['>2.4.1<', '>2.4.0<', '>team/api<', '>cn-north-208<']) expect(html).toContain(text)
  const asked = watchRequests(page)
  await page.goto(link)
  await untilAlive(page)
  await expect(page.getByRole('checkbox', { name: '2.4.1' })).toBeEnabled()
  expect((await asked()).filter((path) => path.startsWith('/api/swr/'))).toEqual([])
})

test('an organization without repositories says what to do', async ({ page, organization }) => {
  const own = await organization([])
  await page.goto(routes.sync('default', { organization: own.name }))
  await expect(page.getByText('No repositories in this organization')).toBeVisible()
})

test.describe('beside a connection that cannot be reached', () => {
  test.use({ baseURL: address.refused, expectedErrors: [/status of 502/] })

  test('the page says so, with a way to try again', async ({ page, accessible }) => {
    await page.goto(routes.sync('down'))
    await expect(page.getByRole('main').getByRole('alert').first()).toContainText("Can't reach SWR")
    await expect(page.getByRole('button', { name: 'Try again' }).first()).toBeVisible()
    await accessible()
  })
})

test.describe('an operator', () => {
  test.use({ role: 'operator' })

  test('sends, and sees who may create an organization', async ({ page, organization }) => {
    const own = await organization([{ name: 'web', tags: ['1.0'] }])
    await page.goto(routes.sync('default', { organization: own.name, repository: 'web' }))
    await untilAlive(page)
    await choose(page, '1.0')
    await aim(page, frankfurt, unseen)
    const create = page.getByRole('button', { name: `Create organization ${own.name}` })
    await expect(create).toBeDisabled()
    await expect(create).toHaveAccessibleDescription('Requires the Admin role')
    await send(page, 'Send 1 tag to 1 region')
    await expectCells(page, `${own.name}/web:1.0`, ["Reported, can't verify"])
  })
})

for (const look of looks) {
  test.describe(`${look.locale}, ${look.colorScheme}`, () => {
    test.use(look)

    test('manual sync is accessible from the basket to the job', async ({ page, organization, accessible }) => {
      const chinese = look.locale === 'zh-CN'
      const own = await organization([{ name: 'team/api', tags: ['2.4.1', '2.4.0'] }])
      await page.goto(routes.sync('default', { organization: own.name, repository: 'team/api' }))
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(chinese ? '手动同步' : 'Manual sync')
      await accessible()
      await choose(page, '2.4.1')
      await aim(page, frankfurt, unseen)
      await expectCells(page, `${own.name}/team/api:2.4.1`, [
        chinese ? '组织不存在' : 'No organization',
        chinese ? '不可见' : 'Not visible',
      ])
      await cells(page, `${own.name}/team/api:2.4.1`).nth(1).click()
      await accessible()
      await send(page, chinese ? '将 1 个镜像版本发送到 1 个区域' : 'Send 1 tag to 1 region')
      await expectCells(page, `${own.name}/team/api:2.4.1`, [chinese ? '已报告，无法验证' : "Reported, can't verify"])
      await cells(page, `${own.name}/team/api:2.4.1`).click()
      await accessible()
      for (const way of [1, 2]) {
        await page.goto(routes.sync('default', { organization: own.name }))
        await untilAlive(page)
        await page.getByRole('radio').nth(way).click()
        await accessible()
      }
    })
  })
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } })

  test('everything fits the screen from basket to job', async ({ page, organization, accessible }) => {
    const long = 'release-2026-11-22t02-34-56z-0123456789abcdef0123456789abcdef01234567'
    const own = await organization([{ name: `platform/${'deeply/'.repeat(6)}nested`, tags: [long, '1.0'] }])
    await page.goto(routes.sync('default', { organization: own.name }))
    await page.getByRole('button', { name: 'platform/' }).click()
    await choose(page, long)
    await aim(page, unseen)
    await expect(page.getByRole('gridcell')).toContainText('Not visible')
    await accessible()
    await send(page, 'Send 1 tag to 1 region')
    await expect(page.getByRole('gridcell')).toContainText("Reported, can't verify")
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(width).toBeLessThanOrEqual(360)
    await accessible()
  })
})
