import { routes } from '@/lib/routes'
import { expect, test } from './fixtures'
import { progress, small, start } from './runs'

test('stop a run: it is stopping until SWR says that it has stopped', async ({ page, place, request, accessible }) => {
  const own = await place(small)
  await own.pace(600)
  await start(request, own)
  await page.goto(routes.replicationRun(own, 1, 1))
  await expect(page.getByText('Preparing', { exact: true })).toBeVisible()
  await expect(page.getByText('SWR is preparing this run')).toBeVisible()
  await own.pace(20)
  await expect(progress(page)).toContainText('5 copying', { timeout: 30_000 })
  // These five last until the stop has been seen.
  await own.pace(600)
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Stop run 1?' })
  await expect(dialog).toContainText('Copied tags stay')
  await accessible()
  await dialog.getByRole('button', { name: 'Stop run' }).click()
  await expect(dialog).toBeHidden()
  expect((await own.received('PUT')).map(({ path }) => path.split('/').slice(-2).join('/'))).toEqual(['executions/1'])
  await expect(page.getByText('Stopping', { exact: true }).first()).toBeVisible()
  await expect(page.getByText(/requested a stop .*waiting for SWR/)).toBeVisible()
  await expect(page.getByText(/about .* left/)).toBeHidden()
  await expect(page.getByRole('button', { name: 'Stopping' })).toBeDisabled()
  await expect(progress(page)).toContainText('copying')
  await own.pace(1)
  await expect(page.getByText('Stopped', { exact: true }).first()).toBeVisible({ timeout: 30_000 })
  await expect(progress(page)).toContainText(/\d+ stopped/)
  await expect(progress(page)).not.toContainText('copying')
  await expect(page.getByRole('button', { name: /^(Stop|Stop again|Stopping)$/ })).toBeHidden()
  await page.goto(routes.audit())
  await expect(page.getByRole('table').getByText('Stop replication run').first()).toBeVisible()
})

test.describe('for whom looks only', () => {
  test.use({ role: 'viewer' })

  test('stopping is shown, cannot be pressed and says why', async ({ page, place, asAdmin }) => {
    const own = await place(small)
    await own.pace(600)
    await start(asAdmin, own)
    await page.goto(routes.replicationRun(own, 1, 1))
    const stop = page.getByRole('button', { name: 'Stop' })
    await expect(stop).toBeDisabled()
    await expect(stop).toHaveAccessibleDescription('Requires the Operator role')
  })
})

test.describe('a run that ends before it is stopped', () => {
  test.use({ expectedErrors: [/status of 400/] })

  test('SWR refuses, and the page shows how it ended', async ({ page, place, request }) => {
    const own = await place(small)
    await own.pace(60)
    await start(request, own)
    await page.goto(routes.replicationRun(own, 1, 1))
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    await own.pace(0)
    const dialog = page.getByRole('dialog', { name: 'Stop run 1?' })
    await dialog.getByRole('button', { name: 'Stop run' }).click()
    await expect(dialog.getByRole('alert')).toContainText('replication execution 1 is not running')
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await expect(page.getByText('Succeeded', { exact: true })).toBeVisible()
    await expect(progress(page)).toContainText('40 copied')
  })
})
