import { routes } from '@/lib/routes'
import { expect, test } from './fixtures'
import { addByPattern, aim, basket, choose, expectCells, frankfurt, hongkong, send, sendButton } from './syncs'

test('an organization that a target misses is created on the way', async ({ page, organization }) => {
  const own = await organization([{ name: 'web', tags: ['1.0'] }])
  await page.goto(routes.sync('default', { organization: own.name, repository: 'web' }))
  await choose(page, '1.0')
  await aim(page, frankfurt)
  const target = page.getByRole('region', { name: frankfurt })
  await expect(target).toContainText("The organization doesn't exist there")
  await expectCells(page, `${own.name}/web:1.0`, ['No organization'])
  await expect(page.getByText('Nothing to send')).toBeVisible()
  await target.getByRole('button', { name: `Create organization ${own.name}` }).click()
  const dialog = page.getByRole('dialog', { name: `Create organization ${own.name} in ${frankfurt}?` })
  await dialog.getByRole('button', { name: `Create organization ${own.name}` }).click()
  await expect(dialog).toBeHidden()
  await expectCells(page, `${own.name}/web:1.0`, ['New'])
  await send(page, 'Send 1 tag to 1 region')
  await expectCells(page, `${own.name}/web:1.0`, ['Verified'])
})

test.describe('without a network for a moment', () => {
  // The browser's own word for it.
  test.use({ expectedErrors: [/ERR_INTERNET_DISCONNECTED/] })

  test('pressed again after an answer got lost it is the same press, and what it does not send stays', async ({
    page,
    context,
    sandbox,
    organization,
  }) => {
    const own = await organization([{ name: 'web', tags: ['1.0'] }])
    await sandbox.organization(own.name, [], { region: frankfurt })
    await page.goto(routes.sync('default', { organization: own.name, repository: 'web' }))
    await choose(page, '1.0')
    await aim(page, frankfurt, hongkong)
    await expectCells(page, `${own.name}/web:1.0`, ['New', 'No organization'])
    const keys: unknown[] = []
    page.on('request', (request) => {
      const isStart = request.method() === 'POST' && request.url().endsWith('/sync/default/jobs')
      if (isStart) keys.push(request.postDataJSON().key)
    })
    await context.setOffline(true)
    await sendButton(page, 'Send 1 tag to 1 region').click()
    await expect(page.getByRole('alert').filter({ hasText: "Can't reach the console server" })).toBeVisible()
    await context.setOffline(false)
    await send(page, 'Send 1 tag to 1 region')
    expect(keys).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), keys[0]])
    await expectCells(page, `${own.name}/web:1.0`, ['Verified'])
    await page.goto(routes.sync('default'))
    await expect(basket(page)).toContainText('1 tag of 1 repository')
    await expect(page.getByRole('region', { name: frankfurt })).toBeHidden()
    await expectCells(page, `${own.name}/web:1.0`, ['No organization'])
  })
})

test('a plan of 10,000 tags stays quick and draws only what is seen', async ({ page, sandbox, organization }) => {
  test.slow()
  const tags = Array.from({ length: 5000 }, (_, at) => `b-${at}`)
  const own = await organization([
    { name: 'web', tags },
    { name: 'api', tags },
  ])
  await sandbox.organization(own.name, [], { region: frankfurt })
  await page.goto(routes.sync('default'))
  await addByPattern(page, `${own.name}/web`, '*', 'Add 5,000 tags')
  await addByPattern(page, `${own.name}/api`, '*', 'Add 5,000 tags')
  await expect(basket(page)).toContainText('10,000 tags of 2 repositories')
  await aim(page, frankfurt)
  const grid = page.getByRole('grid')
  await expect(grid).toHaveAttribute('aria-rowcount', '10001')
  expect(await grid.getByRole('row').count()).toBeLessThan(80)
  const first = grid.getByRole('gridcell').first()
  await first.click()
  await page.keyboard.press('Control+ArrowDown')
  await expect(grid.locator(':focus')).toBeInViewport()
  await expect(grid.locator(':focus')).toHaveAttribute('data-cell', '9999')
  await page.keyboard.press('Control+a')
  await expect(page.getByText('10,000 cells selected')).toBeVisible()
  await page.getByRole('button', { name: 'Leave out 10,000' }).click()
  await expect(page.getByText('Nothing to send')).toBeVisible()
})
