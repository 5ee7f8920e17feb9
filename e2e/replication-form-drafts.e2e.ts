import { routes } from '@/lib/routes'
import { address } from './accounts'
import { expect, test } from './fixtures'
import {
  choose,
  confirm,
  field,
  fillNew,
  heading,
  openEdit,
  openNew,
  read,
  registries,
  review,
} from './replication-steps'

test.describe('when SWR refuses', () => {
  test.use({ expectedErrors: [/status of (404|409|500|502)/] })

  for (const [name, code, message] of [
    ['fault-403', 'SWR.403001', 'you are not authorized to perform this action'],
    ['fault-500', 'SWR.500001', 'internal server error'],
  ] as const) {
    test(`${name}: its code, message and request id are shown and nothing typed is lost`, async ({ page, place }) => {
      const own = await place({ registries })
      await openNew(page, own)
      await fillNew(page, { name })
      await field(page, 'Description').fill('typed with care')
      await review(page)
      await confirm(page, 'Create policy')
      const problem = page.getByRole('dialog').getByRole('alert')
      await expect(problem).toContainText(code)
      // However long the review is: in sight, and where the keyboard goes on.
      await expect(problem).toBeInViewport()
      await expect(page.getByRole('dialog').locator(':focus')).toContainText(code)
      await expect(problem).toContainText(message)
      await expect(problem).toContainText('Request ID')
      await page.getByRole('button', { name: 'Back to form' }).click()
      await expect(field(page, 'Description')).toHaveValue('typed with care')
      await expect(page.getByRole('alert').filter({ hasText: code })).toHaveCount(0)
    })
  }

  test('a name that is taken is said at the name', async ({ page, place }) => {
    const own = await place({ registries, policies: [read] })
    await openNew(page, own)
    await fillNew(page, { name: 'test' })
    await review(page)
    await confirm(page, 'Create policy')
    await expect(field(page, 'Name')).toHaveAccessibleDescription(/A policy with this name already exists/)
    await expect(field(page, 'Name')).toBeFocused()
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await field(page, 'Name').fill('test-2')
    await review(page)
    await confirm(page, 'Create policy')
    await expect(heading(page, 'test-2')).toBeVisible()
    expect((await own.received('POST')).map(({ status }) => status)).toEqual([409, 201])
  })

  test('a policy that does not exist has a way back', async ({ page, place }) => {
    const own = await place({ registries })
    await page.goto(routes.replicationEdit(own, 999))
    await expect(page.getByRole('alert').filter({ hasText: 'SWR' })).toBeVisible()
    await page.getByRole('link', { name: 'All replication policies' }).click()
    await expect(heading(page, 'Replication policies')).toBeVisible()
  })
})

test.describe('without the list of registries', () => {
  // Here alone a connection leads nowhere.
  test.use({ baseURL: address.refused, expectedErrors: [/status of 502/] })

  test('the form still opens and keeps what is typed', async ({ page }) => {
    await page.goto(routes.replicationNew({ connection: 'down', instance: 'unreachable' }))
    await expect(page.getByRole('alert').filter({ hasText: "Can't reach SWR" })).toBeVisible()
    await field(page, 'Name').fill('offline')
    await field(page, 'Repositories').fill('library/**')
    await review(page)
    await expect(page.getByRole('combobox', { name: 'Target registry' })).toBeFocused()
    await expect(field(page, 'Name')).toHaveValue('offline')
  })
})

test('leaving with unsaved changes asks once, and staying keeps them', async ({ page, place }) => {
  const own = await place({ registries, policies: [read] })
  await openEdit(page, own)
  await field(page, 'Description').fill('half done')
  await page.getByRole('link', { name: 'Registries' }).click()
  const question = page.getByRole('dialog', { name: 'Leave without saving?' })
  await question.getByRole('button', { name: 'Stay' }).click()
  await expect(question).toHaveCount(0)
  await expect(field(page, 'Description')).toHaveValue('half done')
  await page.getByRole('link', { name: 'Cancel' }).first().click()
  await question.getByRole('button', { name: 'Leave' }).click()
  await expect(heading(page, 'test')).toBeVisible()
  await expect(question).toHaveCount(0)
  expect(await own.received('PUT')).toEqual([])
})

test('a draft survives a reload and can be discarded', async ({ page, place }) => {
  const own = await place({ registries })
  await openNew(page, own)
  await fillNew(page, { name: 'unfinished', registry: '6' })
  await choose(page, 'Trigger', 'Scheduled')
  await field(page, 'Cron expression').fill('0 0 3 * * *')
  page.on('dialog', (dialog) => dialog.accept())
  await page.reload()
  await expect(page.getByText('Your unsaved draft was restored.')).toBeVisible()
  await expect(field(page, 'Name')).toHaveValue('unfinished')
  await expect(page.getByRole('combobox', { name: 'Target registry' })).toHaveValue('6')
  await expect(field(page, 'Cron expression')).toHaveValue('0 0 3 * * *')
  await page.getByRole('button', { name: 'Discard draft' }).click()
  await expect(field(page, 'Name')).toHaveValue('')
  await page.reload()
  await expect(page.getByText('Your unsaved draft was restored.')).toHaveCount(0)
})
