import { routes } from '@/lib/routes'
import { address } from './accounts'
import { expect, test } from './fixtures'
import { outside } from './outside'
import { farFromNow, scheduled } from './policies'
import { armAnew, dailyTags, library, limit } from './retention-runs'
import { amount, openForm, retention, review, sent } from './retentions'

/* What saving does to a schedule that is on, and what keeps one from being switched on: said before, and sent as it was said. */

const everyNight = scheduled(farFromNow().cron)
const nightly = (enabled: boolean, more: Record<string, unknown> = {}) => ({
  retentions: [retention(4, 'nightly', { ...everyNight, enabled, ...more })],
})

test.describe('other rules of a schedule that is on', () => {
  // What was relied on and is not so any more is refused.
  test.use({ expectedErrors: [/status of 409/] })

  test('stay on where they are armed already, and the request says so', async ({
    page,
    place,
    sandbox,
    asAdmin,
    accessible,
  }) => {
    const own = await place(library(12, nightly(true)))
    await own.pace(0)
    await armAnew(asAdmin, own)
    // Somebody else keeps nine, armed and on as well.
    const there = { instance_id: own.instance, namespace_name: 'library', policy_id: '4' }
    const { id: _, namespace_id: _space, namespace_name: _name, rules, ...rest } = nightly(true).retentions[0] ?? {}
    const nine = { ...rest, rules: [{ ...Object(rules)[0], params: { latestPushedK: 9 } }] }
    expect(await outside('retentionUpdate', there, nine)).toBe(201)
    const before = (await own.received('PUT')).length

    await openForm(page, own)
    await expect(amount(page)).toHaveValue('9')
    await amount(page).fill('8')
    await expect(page.getByText('There is no dry run of exactly these rules and this schedule.')).toBeVisible()
    await amount(page).fill('5')
    const stays = 'The policy stays enabled: a dry run of exactly these rules and this schedule is still valid.'
    await expect(page.getByText(stays)).toContainText('7 images with 7 tags would be deleted')
    await expect(page.getByText('Saving disables this policy')).toHaveCount(0)
    await review(page)
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText(stays)
    await expect(dialog).toContainText('"enabled": true')
    await expect(dialog.getByRole('rowheader', { name: 'Enabled' })).toHaveCount(0)
    await accessible()

    // Pushes change what goes, while the question stands: nothing else is sent than what was shown.
    await sandbox.images(own.instance, 'library', [{ name: 'nginx', tags: ['v13', 'v14', 'v15'] }])
    await dialog.getByRole('button', { name: 'Save changes' }).click()
    await expect(dialog.getByRole('alert')).toContainText('What you agreed to has changed')
    expect((await own.received('PUT')).length).toBe(before)
    await expect(dialog).toContainText('Saving disables this policy in the same request.')
    await expect(dialog).toContainText('Images have changed since the dry run of these rules.')
    await expect(dialog.getByRole('rowheader', { name: 'Enabled' })).toBeVisible()
    await expect(dialog).toContainText('"enabled": false')
    await dialog.getByRole('button', { name: 'Save changes' }).click()
    await expect(page.getByText('nightly was saved')).toBeVisible()
    const put = (await own.received('PUT')).slice(before).map(({ body }) => body)
    expect(put).toMatchObject([{ enabled: false, rules: [{ params: { latestPushedK: 5 } }] }])
  })
})

test('armed rules are sent enabled, as the review shows them', async ({ page, place, asAdmin }) => {
  const own = await place(library(8, nightly(true, { name: 'armed' })))
  await own.pace(0)
  await armAnew(asAdmin, own)
  const disarmed = async () => {
    await review(page)
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByRole('rowheader', { name: 'Enabled' })).toBeVisible()
    await dialog.getByRole('button', { name: 'Save changes' }).click()
    await expect(page.getByText('armed was saved')).toBeVisible()
    return await sent(own)
  }
  await openForm(page, own)
  await amount(page).fill('7')
  expect(await disarmed()).toMatchObject({ enabled: false })
  await armAnew(asAdmin, own)
  const toggle = page.getByRole('switch', { name: 'Enable armed' })
  await toggle.click()
  const question = page.getByRole('dialog', { name: 'Enable armed?' })
  await question.getByRole('textbox', { name: 'Enter library to confirm' }).fill('library')
  await question.getByRole('button', { name: 'Enable policy' }).click()
  await expect(toggle).toBeChecked()

  await openForm(page, own)
  await amount(page).fill('5')
  await review(page)
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('"enabled": true')
  await dialog.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByRole('navigation', { name: 'Policy views' })).toBeVisible()
  const put = (await own.received('PUT')).map(({ body }) => body)
  expect(put).toMatchObject([
    { enabled: false, rules: [{ params: { latestPushedK: 7 } }] },
    { enabled: true, rules: [{ params: { latestPushedK: 7 } }] },
    { enabled: true, rules: [{ params: { latestPushedK: 5 } }] },
  ])
  await expect(toggle).toBeChecked()
})

test.describe('a schedule that is gone meanwhile', () => {
  test.use({ expectedErrors: [/status of 40[49]/] })

  test('is made again disabled, as the review shows it', async ({ page, place }) => {
    const own = await place(library(6, nightly(true)))
    await openForm(page, own)
    await page.getByRole('textbox', { name: 'Name' }).fill('nightly-again')
    await review(page)
    const there = { instance_id: own.instance, namespace_name: 'library', policy_id: '4' }
    expect(await outside('retentionDelete', there)).toBe(204)
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText('"enabled": true')
    await dialog.getByRole('button', { name: 'Save changes' }).click()
    await dialog.getByRole('button', { name: 'Recreate' }).click()
    await expect(dialog).toContainText('"enabled": false')
    await dialog.getByRole('button', { name: 'Create policy' }).click()
    await expect(page.getByText('nightly-again was created')).toBeVisible()
    expect((await own.received('POST')).map(({ body }) => body)).toMatchObject([
      { name: 'nightly-again', enabled: false },
    ])
  })
})

test('“Enabled” alone is no change of a schedule, and says where it is switched on', async ({ page, place }) => {
  const own = await place(library(6, nightly(false)))
  await openForm(page, own)
  await page.getByRole('checkbox', { name: 'Enabled' }).check()
  await review(page)
  const dialog = page.getByRole('dialog', { name: "Saving doesn't enable this policy" })
  await expect(dialog).toContainText('enable it with its switch')
  await expect(dialog).not.toContainText('matches what is stored')
  expect(await own.received('PUT')).toEqual([])
})

test.describe('what nobody can agree to for a schedule', () => {
  test.use({ expectedErrors: [/status of (409|404)/] })

  test('above the ceiling the question stays closed, and says the ways that there are', async ({
    page,
    place,
    asAdmin,
    accessible,
  }) => {
    const own = await place(library(8, nightly(false)))
    await own.pace(0)
    await armAnew(asAdmin, own)
    await page.goto(routes.retentionPolicy(own, 'library', 4))
    const toggle = page.getByRole('switch', { name: 'Enable nightly' })
    await toggle.click()
    const dialog = page.getByRole('dialog', { name: 'Enable nightly?' })
    await dialog.getByRole('textbox', { name: 'Enter library to confirm' }).fill('library')
    // Meanwhile.
    await limit(asAdmin, own, { ceilingTags: 2 })
    await dialog.getByRole('button', { name: 'Enable policy' }).click()
    const refusal = dialog.getByRole('alert')
    await expect(refusal).toContainText('no other admin can confirm the runs of a schedule')
    await expect(refusal).not.toContainText('Another admin must confirm it')
    const note = dialog.getByRole('status').first()
    await expect(note).toContainText("The schedule can't be enabled")
    await expect(dialog.getByRole('button', { name: 'Enable policy' })).toHaveCount(0)
    await expect(note.getByRole('link', { name: 'Edit the rules' })).toBeVisible()
    await accessible()
    await note.getByRole('link', { name: 'limits' }).click()
    await expect(page.getByRole('textbox', { name: 'Tags per run' })).toHaveValue('2')
    await page.goto(routes.retentionPolicy(own, 'library', 4))
    await expect(page.getByText(/another admin must confirm it/)).toBeVisible()
    expect(await own.received('PUT')).toEqual([])
  })

  test('what runs in a cluster keeps the question closed, and locks the run', async ({ page, place, asAdmin }) => {
    // Its own repository: lists of clusters count in every instance.
    const name = `app-${crypto.randomUUID().slice(0, 8)}`
    const namespaces = [{ name: 'library', repositories: [{ name, tags: dailyTags(7) }] }]
    const own = await place(library(1, { ...nightly(false), namespaces }))
    await own.pace(0)
    const cluster = `${address.console}/api/console/in-use/${name}`
    const headers = { origin: address.console }
    const data = { text: `registry.example.com/library/${name}:v1` }
    expect((await asAdmin.put(cluster, { data, headers })).status()).toBe(200)
    await armAnew(asAdmin, own)
    await page.goto(routes.retentionPolicy(own, 'library', 4))
    const lock = page.getByRole('status').filter({ hasText: 'Runs that delete are locked: images may be in use' })
    await expect(lock).toContainText(`1 image to be deleted is in use in ${name}`)
    await expect(lock).toContainText(`library/${name}:v1`)
    await expect(lock).toContainText('An admin can also accept this with a reason.')
    await page.getByRole('switch', { name: 'Enable nightly' }).click()
    const note = page.getByRole('dialog', { name: 'Enable nightly?' }).getByRole('status').first()
    await expect(note).toContainText("The schedule can't be enabled")
    await expect(note).toContainText(`1 image to be deleted is in use in ${name}`)
    await expect(note).toContainText('no admin can accept this for a schedule')
    await expect(page.getByRole('button', { name: 'Enable policy' })).toHaveCount(0)
    expect((await asAdmin.delete(cluster, { headers })).status()).toBe(200)
  })

  test('a dry run that cannot be started says why in the question', async ({ page, place, accessible }) => {
    const own = await place(library(6, nightly(false)))
    await page.goto(routes.retention(own))
    await page.getByRole('switch', { name: 'Enable nightly' }).click()
    const dialog = page.getByRole('dialog', { name: 'Enable nightly?' })
    await expect(dialog.getByRole('status').first()).toContainText("The schedule can't be enabled yet")
    const there = { instance_id: own.instance, namespace_name: 'library', policy_id: '4' }
    expect(await outside('retentionDelete', there)).toBe(204)
    await dialog.getByRole('button', { name: 'Dry run' }).click()
    const alert = dialog.getByRole('alert')
    await expect(alert).toContainText('Not found in SWR')
    await expect(alert).toContainText('Request ID')
    await expect(alert.locator('..')).toBeFocused()
    await accessible()
  })
})
