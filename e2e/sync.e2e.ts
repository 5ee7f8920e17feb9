import type { Page } from '@playwright/test'
import { routes } from '@/lib/routes'
import { address } from './accounts'
import { watchRequests } from './alive'
import { expect, looks, test } from './fixtures'
import { expectLines } from './rows'

const choose = (page: Page, tag: string) => page.getByRole('checkbox', { name: tag, exact: true }).check()

async function aim(page: Page, region: string, target?: string) {
  await page.getByRole('combobox', { name: 'Target region' }).fill(region)
  if (target !== undefined) await page.getByRole('textbox', { name: 'Target organization' }).fill(target)
}

const review = (page: Page) => page.getByRole('button', { name: 'Review' }).click()
const act = (page: Page) => page.getByRole('dialog').getByRole('button', { name: /^Sync \d+ tags? to / })

async function send(page: Page) {
  await review(page)
  await act(page).click()
  await expect(page.getByRole('dialog')).toBeHidden()
}

const accepted = 'Accepted, no failures reported'
const verdicts = (page: Page) =>
  page.getByRole('article').first().getByRole('list', { name: 'Tags in this request' }).getByRole('listitem')

for (const [kind, repository, segment] of [
  ['plain', 'web', 'web'],
  ['nested', 'team/web/api', 'team$web$api'],
] as const) {
  test(`a copy from a ${kind} repository is sent exactly as SWR documents it`, async ({ page, organization }) => {
    const own = await organization([{ name: repository, tags: ['V1', 'V2'] }])
    await page.goto(routes.sync('default', { organization: own.name, repository }))
    await choose(page, 'V1')
    await aim(page, 'cn-north-208', 'sdsad')
    await page.getByRole('checkbox', { name: 'Overwrite existing tags' }).check()
    await review(page)
    const dialog = page.getByRole('dialog', {
      name: `Sync 1 tag of ${own.name}/${repository} to sdsad in cn-north-208?`,
    })
    await expect(dialog).toContainText(`POST /v2/manage/namespaces/${own.name}/repos/${segment}/sync_images`)
    await dialog.getByRole('button', { name: 'Sync 1 tag to cn-north-208' }).click()
    await expectLines(verdicts(page), [['V1', accepted]])
    const posted = await own.received('POST')
    expect(posted).toMatchObject([
      { path: `/v2/manage/namespaces/${own.name}/repos/${segment}/sync_images`, status: 200 },
    ])
    expect(posted[0]?.body).toEqual({
      imageTag: ['V1'],
      override: true,
      remoteNamespace: 'sdsad',
      remoteRegionId: 'cn-north-208',
    })
  })
}

test('several tags go in one request, to the organization of the same name, and overwrite nothing', async ({
  page,
  organization,
}) => {
  const own = await organization([{ name: 'web', tags: ['1.0', '1.1', '2.0-rc1', '2.0'] }])
  await page.goto(routes.sync('default', { organization: own.name, repository: 'web' }))
  await choose(page, '1.1')
  await page.getByRole('searchbox', { name: 'Search tags by name' }).fill('2.0')
  await expect(page.getByText('2 of 4 shown')).toBeVisible()
  await page.getByRole('checkbox', { name: 'Select all 2 shown' }).check()
  await expect(page.getByText('3 selected')).toBeVisible()
  await aim(page, 'cn-east-3')
  await review(page)
  await page.getByRole('button', { name: 'Sync 3 tags to cn-east-3' }).click()
  await expect(verdicts(page)).toHaveCount(3)
  await expect(page.getByRole('article')).toContainText('reported no failures. Verify the tags in')
  await expect(page.getByRole('article')).not.toContainText(/copied/i)
  expect((await own.received('POST')).map(({ body }) => body)).toEqual([
    { imageTag: ['1.1', '2.0-rc1', '2.0'], override: false, remoteNamespace: own.name, remoteRegionId: 'cn-east-3' },
  ])
  expect(await own.synced()).toHaveLength(3)
  // The next copy starts from the same target with nothing chosen.
  await expect(page.getByText('None selected')).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'Target region' })).toHaveValue('cn-east-3')
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
    await expect(page.getByRole('group', { name: 'Tags' }).getByText('1 of 1 shown')).toBeVisible()
    await aim(page, 'cn-east-3')
    await review(page)
    await page.getByRole('button', { name: 'Sync 1 tag to cn-east-3' }).click()
    await expectLines(verdicts(page), [['b-4321', accepted]])
    const asked = (await own.received('GET')).filter(({ path }) => path.endsWith('/tags'))
    expect(asked.map(({ query }) => query.tag).filter(Boolean)).toEqual(['b-4321'])
  })
}

test('tags that SWR names in a success are called neither copied nor failed', async ({ page, organization }) => {
  const own = await organization([{ name: 'web', tags: ['1.0'] }])
  await page.goto(routes.sync('default', { organization: own.name, repository: 'web' }))
  await choose(page, '1.0')
  await aim(page, 'cn-east-3', 'fault-tags-named')
  await send(page)
  await expectLines(verdicts(page), [['1.0', 'Listed by SWR (result unclear)']])
  await expect(page.getByRole('article').getByRole('status')).toContainText('Verify the tags in fault-tags-named/web')
})

test.describe('when SWR refuses', () => {
  test.use({ expectedErrors: [/status of 4\d\d|status of 50\d/] })

  test('failed tags are red, stay chosen and can be sent again', async ({ page, organization }) => {
    const own = await organization([{ name: 'web', tags: ['1.0', '1.1'] }])
    await page.goto(routes.sync('default', { organization: own.name, repository: 'web' }))
    await choose(page, '1.0')
    await choose(page, '1.1')
    await aim(page, 'cn-east-3', 'fault-tags-failed')
    await send(page)
    await expectLines(verdicts(page), [
      ['1.0', 'Failed'],
      ['1.1', 'Failed'],
    ])
    await expect(page.getByRole('article').getByRole('alert')).toContainText('Request ID')
    await expect(page.getByText('2 selected')).toBeVisible()
    await aim(page, 'cn-east-3', 'mirror')
    await send(page)
    await expect(page.getByRole('article')).toHaveCount(2)
    await expectLines(verdicts(page), [
      ['1.0', accepted],
      ['1.1', accepted],
    ])
    await page
      .getByRole('button', { name: `Dismiss the result of ${own.name}/web` })
      .nth(1)
      .click()
    await expect(page.getByRole('article')).toHaveCount(1)
    expect(await own.received('POST')).toHaveLength(2)
  })

  test('a region that is not listed can be typed, and a refusal loses nothing', async ({ page, organization }) => {
    const own = await organization([{ name: 'web', tags: ['1.0'] }])
    await page.goto(routes.sync('default', { organization: own.name, repository: 'web' }))
    await choose(page, '1.0')
    await aim(page, 'cn-north-999', 'mirror')
    await expect(page.getByText("SWR doesn't list this region.")).toBeVisible()
    await send(page)
    const alert = page.getByRole('article').getByRole('alert')
    await expect(alert).toContainText('SVCSTG.SWR.4000014')
    await expect(alert).toContainText('remoteRegionId cn-north-999')
    await expectLines(verdicts(page), [['1.0', 'Not reported']])
    await expect(page.getByRole('checkbox', { name: '1.0' })).toBeChecked()
    await expect(page.getByRole('combobox', { name: 'Target region' })).toHaveValue('cn-north-999')
    await expect(page.getByRole('textbox', { name: 'Target organization' })).toHaveValue('mirror')
    await expect(page.getByText('Your unsaved draft was restored.')).toBeHidden()
    await page.reload()
    await expect(page.getByText('Your unsaved draft was restored.')).toBeVisible()
    await expect(page.getByRole('checkbox', { name: '1.0' })).toBeChecked()
    expect(await own.received('POST')).toMatchObject([{ body: { remoteRegionId: 'cn-north-999' }, status: 400 }])
  })

  test('repositories that may not be searched say so, and the search can be changed', async ({
    page,
    organization,
  }) => {
    const own = await organization([{ name: 'team/api', tags: ['1.0'] }])
    await page.goto(routes.sync('default', { organization: own.name }))
    const search = page.getByRole('searchbox', { name: 'Search by name' })
    await search.fill('fault-403')
    await expect(page.getByRole('main').getByRole('alert')).toContainText("The console's credential lacks permission")
    await search.fill('nothing like it')
    await expect(page.getByText('No matching repositories')).toBeVisible()
    await search.fill('api')
    await expect(page.getByRole('button', { name: 'team/api' })).toBeVisible()
  })
})

test('a long copy shows that it runs and is sent once', async ({ page, organization }) => {
  const own = await organization([{ name: 'web', tags: ['1.0'] }])
  await page.goto(routes.sync('default', { organization: own.name, repository: 'web' }))
  await choose(page, '1.0')
  await aim(page, 'cn-east-3', 'fault-slow')
  await send(page)
  await expect(page.getByText(/Waiting for SWR: [1-9] s/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Review' })).toBeDisabled()
  await expectLines(verdicts(page), [['1.0', accepted]])
  await expect(page.getByRole('button', { name: 'Review' })).toBeEnabled()
  expect(await own.received('POST')).toHaveLength(1)
})

test('a link leads to a prepared form that is there in the first answer', async ({ page, organization, request }) => {
  const own = await organization([{ name: 'team/api', tags: ['2.4.1', '2.4.0'] }])
  const link = routes.sync('default', { organization: own.name, repository: 'team/api' })
  const html = await (await request.get(link)).text()
  for (const text of ['>2.4.1<', '>2.4.0<', '>team/api<', 'value="cn-north-208"']) expect(html).toContain(text)
  const asked = watchRequests(page)
  await page.goto(link)
  await expect(page.getByRole('checkbox', { name: '2.4.1' })).toBeEnabled()
  expect((await asked()).filter((path) => path.startsWith('/api/swr/'))).toEqual([])
})

test('what is chosen is in the address; back and reload restore it', async ({ page, organization }) => {
  const own = await organization([
    { name: 'team/api', tags: ['2.4.1'] },
    { name: 'web', tags: ['7.0'] },
  ])
  await page.goto(routes.sync('default'))
  await page.getByRole('combobox', { name: 'Organization', exact: true }).selectOption(own.name)
  await expect(page.getByRole('textbox', { name: 'Target organization' })).toHaveValue(own.name)
  await page.getByRole('button', { name: 'team/api' }).click()
  await choose(page, '2.4.1')
  await expect(page).toHaveURL((url) => url.searchParams.get('repository') === 'team$api')
  await page.reload()
  await expect(page.getByRole('checkbox', { name: '2.4.1' })).toBeChecked()
  await page.getByRole('button', { name: /^web/ }).click()
  await expect(page.getByText('None selected')).toBeVisible()
  await expect(page.getByText('Your unsaved draft was restored.')).toBeHidden()
  await page.goBack()
  await expect(page.getByRole('button', { name: 'team/api' })).toHaveAttribute('aria-current', 'true')
  await expect(page.getByRole('checkbox', { name: '2.4.1' })).toBeChecked()
  // Chosen and not sent: leaving asks.
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Stay' }).click()
  await expect(page.getByRole('checkbox', { name: '2.4.1' })).toBeChecked()
})

test('more than a hundred tags and repositories are loaded on demand', async ({ page, organization }) => {
  const tags = Array.from({ length: 130 }, (_, at) => `build-${at}`)
  const others = Array.from({ length: 110 }, (_, at) => ({ name: `service/${at}`, tags: ['1'] }))
  const own = await organization([{ name: 'web', tags }, ...others])
  await page.goto(routes.sync('default', { organization: own.name, repository: 'web' }))
  const repositories = page.getByRole('group', { name: 'Repository' })
  await expect(repositories.getByText('100 of 111 shown')).toBeVisible()
  await repositories.getByRole('button', { name: 'Load more' }).click()
  await expect(repositories.getByText('111 of 111 shown')).toBeVisible()
  const list = page.getByRole('group', { name: 'Tags' })
  await expect(list.getByText('100 of 130 shown')).toBeVisible()
  await expect(list.getByRole('checkbox', { name: 'build-129' })).toHaveCount(0)
  await list.getByRole('button', { name: 'Load more' }).click()
  await expect(list.getByText('130 of 130 shown')).toBeVisible()
  await choose(page, 'build-129')
  await expect(list.getByRole('button', { name: 'Load more' })).toHaveCount(0)
  const asked = (await own.received('GET')).filter(({ path }) => path.endsWith('/repos/web/tags'))
  expect(asked.map(({ query }) => query)).toMatchObject([
    { offset: '0', limit: '100', order_column: 'updated_at', order_type: 'desc' },
    { offset: '100', limit: '100' },
  ])
  await repositories.getByRole('searchbox').fill('service/7')
  await expect(repositories.getByText('11 of 11 shown')).toBeVisible()
  // The chosen one is still said although the search leaves it out.
  await expect(repositories).toContainText('web')
})

test('what is missing or misspelt is said at its field before anything is sent', async ({ page, organization }) => {
  const own = await organization([{ name: 'web', tags: ['1.0'] }])
  await page.goto(routes.sync('default'))
  await review(page)
  await expect(page.getByRole('main').getByRole('alert')).toContainText('5 fields need attention')
  const source = page.getByRole('combobox', { name: 'Organization', exact: true })
  await expect(source).toBeFocused()
  await expect(source).toHaveAccessibleDescription('This field is required.')
  await source.selectOption(own.name)
  await page.getByRole('button', { name: 'web' }).click()
  await aim(page, 'cn-east-3')
  await review(page)
  await expect(page.getByRole('searchbox', { name: 'Search tags by name' })).toBeFocused()
  await expect(page.getByRole('group', { name: 'Tags' })).toHaveAccessibleDescription('Select at least one tag.')
  await choose(page, '1.0')
  const target = page.getByRole('textbox', { name: 'Target organization' })
  for (const [name, message] of [
    ['', 'This field is required.'],
    ['1team', 'Start with a lowercase letter'],
    ['Team', 'Start with a lowercase letter'],
    ['te--am', 'Start with a lowercase letter'],
    ['team.', 'Start with a lowercase letter'],
    ['a'.repeat(65), 'too long for SWR'],
  ] as const) {
    await target.fill(name)
    await target.blur()
    await expect(target).toHaveAccessibleDescription(new RegExp(message))
    await review(page)
    await expect(target).toBeFocused()
  }
  await expect(page.getByRole('dialog')).toBeHidden()
  await target.fill('te__a.m-1')
  await send(page)
  await expect
    .poll(async () => (await own.received('POST')).map(({ body }) => body))
    .toMatchObject([{ remoteNamespace: 'te__a.m-1' }])
})

test('an organization without repositories says what to do', async ({ page, organization }) => {
  const own = await organization([])
  await page.goto(routes.sync('default', { organization: own.name }))
  await expect(page.getByText('No repositories in this organization')).toBeVisible()
})

test.describe('beside a connection that cannot be reached', () => {
  test.use({ baseURL: address.refused, expectedErrors: [/status of 502/] })

  test('the page says so once, with a way to try again', async ({ page, accessible }) => {
    await page.goto(routes.sync('down'))
    await expect(page.getByRole('main').getByRole('alert')).toContainText("Can't reach SWR")
    await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Review' })).toBeHidden()
    await accessible()
  })
})

for (const look of looks) {
  test.describe(`${look.locale}, ${look.colorScheme}`, () => {
    test.use(look)

    test('copying is accessible from the form to the result', async ({ page, organization, accessible }) => {
      const chinese = look.locale === 'zh-CN'
      const own = await organization([{ name: 'team/api', tags: ['2.4.1', '2.4.0'] }])
      await page.goto(routes.sync('default', { organization: own.name, repository: 'team/api' }))
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(chinese ? '手动同步' : 'Manual sync')
      await page.getByRole('button', { name: chinese ? '核对' : 'Review' }).click()
      await accessible()
      await choose(page, '2.4.1')
      await page.getByRole('combobox', { name: chinese ? '目标区域' : 'Target region' }).fill('cn-east-3')
      await page.getByRole('button', { name: chinese ? '核对' : 'Review' }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
      await accessible()
      await page
        .getByRole('button', { name: chinese ? '同步 1 个镜像版本到 cn-east-3' : 'Sync 1 tag to cn-east-3' })
        .click()
      await expect(page.getByRole('article')).toContainText(
        chinese ? '已接受，未报告失败' : 'Accepted, no failures reported',
      )
      await accessible()
    })
  })
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } })

  test('a copy fits the screen from choice to result', async ({ page, organization, accessible }) => {
    const long = 'release-2026-11-22t02-34-56z-0123456789abcdef0123456789abcdef01234567'
    const own = await organization([{ name: `platform/${'deeply/'.repeat(6)}nested`, tags: [long, '1.0'] }])
    await page.goto(routes.sync('default', { organization: own.name }))
    await page.getByRole('button', { name: 'platform/' }).click()
    await choose(page, long)
    await aim(page, 'cn-east-3')
    await send(page)
    await expectLines(verdicts(page), [[long, accepted]])
    await expect(page.getByRole('article')).toBeInViewport()
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(width).toBeLessThanOrEqual(360)
    await accessible()
  })
})
