import { routes } from '@/lib/routes'
import { address } from './accounts'
import { expect, test } from './fixtures'
import { archiveRegistry, askForRun, dailyTags, dryRun, expectState, library, limit } from './retention-runs'
import { asSecondAdmin } from './second-admin'

test('above the ceiling another admin confirms, and not the one who asked', async ({
  page,
  place,
  browser,
  asAdmin,
  accessible,
}) => {
  test.slow()
  const own = await place(library(8))
  await own.pace(0)
  await page.goto(routes.retentionSettings(own))
  await page.getByRole('textbox', { name: 'Tags per run' }).fill('2')
  await page.getByRole('button', { name: 'Save limits' }).click()
  await expect(page.getByText('Limits saved')).toBeVisible()

  await dryRun(page, own)
  const dialog = await askForRun(page)
  await expect(dialog).toContainText('Another admin must confirm')
  await dialog.getByRole('button', { name: 'Request deletion of 3 images' }).click()
  await expectState(page, 'Waiting for confirmation')
  const confirm = page.getByRole('button', { name: 'Confirm…' })
  await expect(confirm).toHaveAccessibleDescription('Another admin must confirm: you started it')
  await accessible()
  // SWR knows nothing of it yet; the policy's page has it in sight all the same.
  const policyPage = await page.context().newPage()
  await policyPage.goto(routes.retentionPolicy(own, 'library', 4))
  const waiting = policyPage.getByRole('list', { name: '1 run waiting, not started or canceled' })
  await expect(waiting.getByText('Waiting for confirmation')).toBeVisible()

  await asSecondAdmin({ browser, asAdmin }, page.url(), async (other, { email }) => {
    await other.getByRole('button', { name: 'Confirm…' }).click()
    const question = other.getByRole('dialog', { name: 'Confirm deletion of 3 images from library?' })
    const hit = question.getByRole('region', { name: 'Images to be deleted' })
    for (const tag of ['v1', 'v2', 'v3'])
      await expect(hit.getByText(`library/nginx:${tag}`, { exact: true })).toBeVisible()
    await expect(question.getByRole('link', { name: /^Result of dry run \d+$/ })).toBeVisible()
    await expect(question).toContainText("No copies are made: they can't be restored.")
    await question.getByRole('textbox', { name: 'Enter library to confirm' }).fill('library')
    await question.getByRole('button', { name: 'Delete 3 images' }).click()
    await expectState(other, 'Completed')
    await expect(other.getByText(`confirmed by ${email}`)).toBeVisible()
  })
  // Whoever waits is told without doing anything.
  await expectState(page, 'Completed')
  await expect(policyPage.getByRole('table', { name: 'Runs of this policy' })).toContainText('Deletes images', {
    timeout: 30_000,
  })
  await expect(waiting).toBeHidden()
})

test('what the first admin has accepted is told to the second one', async ({
  page,
  place,
  browser,
  asAdmin,
  accessible,
}) => {
  test.slow()
  // Its own repository: lists of clusters count in every instance.
  const name = `app-${crypto.randomUUID().slice(0, 8)}`
  const archive = await place({ namespaces: [{ name: 'kept', repositories: [] }] })
  const untagged = [{ pushed: '2025-12-01T00:00:00Z' }]
  const tags = [{ name: 'latest', pushed: '2025-12-02T00:00:00Z' }, ...dailyTags(6)]
  const own = await place({
    ...library(1, { registries: [archiveRegistry(archive)] }),
    namespaces: [{ name: 'library', repositories: [{ name, tags, untagged }] }],
  })
  await own.pace(0)
  await limit(asAdmin, own, { ceilingTags: 1, archive: { registry: 3, namespace: 'kept', days: 30 } })
  const list = await asAdmin.put(`${address.console}/api/console/in-use/${name}`, {
    headers: { origin: address.console },
    data: { text: `registry.example.com/library/${name}:v1`, hours: 1 },
  })
  expect(list.status(), await list.text()).toBe(200)
  await dryRun(page, own)
  const dialog = await askForRun(page, { withoutCopy: false })
  await dialog.getByRole('checkbox', { name: /^Also delete images that can't be archived/ }).check()
  await dialog.getByRole('checkbox', { name: /^Delete them anyway/ }).check()
  await dialog.getByRole('textbox', { name: /^Reason/ }).fill('the cluster is being switched off')
  await dialog.getByRole('button', { name: 'Request deletion of 3 images' }).click()
  await expectState(page, 'Waiting for confirmation')

  await asSecondAdmin({ browser, asAdmin }, page.url(), async (other) => {
    await other.getByRole('button', { name: 'Confirm…' }).click()
    const question = other.getByRole('dialog', { name: 'Confirm deletion of 3 images from library?' })
    await expect(question.getByRole('list', { name: 'Warnings' })).toContainText(`library/${name}:latest`)
    await expect(question).toContainText(`1 image to be deleted is in use in ${name}`)
    await expect(question).toContainText('accepts that images in use are deleted')
    await expect(question).toContainText('reason: the cluster is being switched off')
    await expect(question).toContainText('Tags are archived first, in namespace kept of registry archive.')
    await expect(question).toContainText(
      "1 image can't be archived and is deleted without a copy: it can't be restored.",
    )
    await accessible()
    await question.getByRole('button', { name: 'Cancel' }).click()
  })
  await page.getByRole('button', { name: 'Cancel run' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel run' }).click()
  await expectState(page, 'Canceled')
  const gone = await asAdmin.delete(`${address.console}/api/console/in-use/${name}`, {
    headers: { origin: address.console },
  })
  expect(gone.status(), await gone.text()).toBe(200)
})

test('a higher ceiling does not count for who asks for it until another admin has confirmed it', async ({
  page,
  place,
  browser,
  asAdmin,
  accessible,
}) => {
  const own = await place(library(8))
  await own.pace(0)
  await page.goto(routes.retentionSettings(own))
  const tags = page.getByRole('textbox', { name: 'Tags per run' })
  await tags.fill('2')
  await page.getByRole('button', { name: 'Save limits' }).click()
  await expect(page.getByText('Limits saved')).toBeVisible()

  await tags.fill('')
  await expect(page.getByText('Another admin must confirm the higher ceiling')).toBeVisible()
  await expect(page.getByText('the current one stays in effect: 2 tags')).toBeVisible()
  await page.getByRole('button', { name: 'Save limits' }).click()
  await expect(page.getByText('A higher ceiling waits for confirmation')).toBeVisible()
  await expect(tags).toHaveValue('2')
  await expect(page.getByRole('button', { name: 'Confirm…' })).toHaveAccessibleDescription(
    'Another admin must confirm: you asked for it',
  )
  await accessible()

  await dryRun(page, own)
  const dialog = await askForRun(page)
  await expect(dialog).toContainText(
    "A higher ceiling waits for confirmation by another admin and isn't in effect yet.",
  )
  await expect(dialog.getByRole('button', { name: 'Request deletion of 3 images' })).toBeVisible()
  await dialog.getByRole('button', { name: 'Cancel' }).click()

  await asSecondAdmin({ browser, asAdmin }, routes.retentionSettings(own), async (other) => {
    await other.getByRole('button', { name: 'Confirm…' }).click()
    const question = other.getByRole('dialog', { name: 'Confirm the higher ceiling?' })
    await expect(question).toContainText('no limit instead of 2 tags')
    await question.getByRole('button', { name: 'Confirm ceiling' }).click()
    await expect(other.getByText('Higher ceiling confirmed')).toBeVisible()
    await expect(other.getByRole('textbox', { name: 'Tags per run' })).toHaveValue('')
  })
  const run = await askForRun(page)
  await run.getByRole('button', { name: 'Delete 3 images' }).click()
  await expectState(page, 'Completed')
})
