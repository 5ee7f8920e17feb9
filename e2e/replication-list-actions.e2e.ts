import { routes } from '@/lib/routes'
import { focusSearch, repeatUntil } from './alive'
import { expect, test } from './fixtures'
import { chooseAction, expectNames, openMenu, policy, pushTo, registry } from './policies'
import { deletePolicy } from './policy-requests'
import { expectRows, expectTerms } from './rows'

const registries = [registry(3, 'harbor-frankfurt'), registry(4, 'harbor-paris')]

test('disable a policy from the list and take it back; nothing else of it changes', async ({
  page,
  place,
  sandbox,
}) => {
  const nightly = policy(7, 'nightly', {
    description: 'every image, every night',
    dest_namespace: 'mirror',
    filters: [
      { type: 'name', value: 'library/**', decoration: 'kept' },
      { type: 'tag', value: 'v*' },
    ],
    trigger: { type: 'scheduled', trigger_settings: { cron: '0 0 2 * * *', zone: 'UTC' } },
    override: true,
    speed: -1,
  })
  const own = await place({ registries, policies: [nightly] })
  await page.goto(routes.replication(own))
  const enabled = page.getByRole('switch', { name: 'Enable nightly' })
  await expect(enabled).toBeChecked()
  await enabled.click()
  await expect(page.getByText('nightly is disabled')).toBeVisible()
  await expect(enabled).not.toBeChecked()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('nightly is enabled')).toBeVisible()
  await expect(enabled).toBeChecked()

  const { id: _id, created_at: _created, updated_at: _updated, src_registry: _source, ...whole } = nightly
  const sent = (await own.received('PUT')).map(({ body }) => body)
  expect(sent).toEqual([
    { ...whole, enabled: false },
    { ...whole, enabled: true },
  ])
  expect((await sandbox.stored(own.instance)).policies?.[0]).toMatchObject(whole)
})

test.describe('when SWR refuses', () => {
  test.use({ expectedErrors: [/status of 4\d\d/] })

  test('delete a policy after confirming; a refusal stays in the dialog', async ({ page, place, request }) => {
    const own = await place({ registries, policies: [policy(1, 'old-mirror'), policy(2, 'kept'), policy(3, 'raced')] })
    await page.goto(routes.replication(own))
    await chooseAction(page, 'old-mirror', 'Delete')
    const dialog = page.getByRole('dialog', { name: 'Delete policy old-mirror?' })
    await expect(dialog).toContainText('library/**')
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await expect(dialog).toBeHidden()
    expect(await own.received('DELETE')).toEqual([])
    await chooseAction(page, 'old-mirror', 'Delete')
    await dialog.getByRole('button', { name: 'Delete' }).click()
    await expect(page.getByText('old-mirror was deleted')).toBeVisible()
    await expect(dialog).toBeHidden()
    await expectNames(page, ['raced', 'kept'])
    expect((await own.received('DELETE')).map(({ path, status }) => [path.split('/').at(-1), status])).toEqual([
      ['1', 204],
    ])

    await chooseAction(page, 'raced', 'Delete')
    const raced = page.getByRole('dialog', { name: 'Delete policy raced?' })
    await expect(raced).toBeVisible()
    expect((await deletePolicy(request, own, 3)).status()).toBe(200)
    await raced.getByRole('button', { name: 'Delete' }).click()
    const refusal = raced.getByRole('alert')
    await expect(refusal).toContainText('SWR.404001')
    await expect(refusal).toContainText('replication policy 3 not found')
    await expectTerms(refusal, { 'Request ID': /^[0-9a-f]{32}$/ })
    // Behind it the list has been read again; the message must outlive its row.
    await expectNames(page, ['kept'])
    await expect(refusal).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(raced).toBeHidden()
  })

  test('a switch that SWR refuses stays as it was and says why', async ({ page, place }) => {
    // Registry 99 does not exist: SWR refuses every update of this policy.
    const own = await place({ registries, policies: [policy(1, 'orphan', { ...pushTo(99), enabled: false })] })
    await page.goto(routes.replication(own))
    const enabled = page.getByRole('switch', { name: 'Enable orphan' })
    await enabled.click()
    await expect(page.getByText(/orphan: SWR rejected the request\. registry 99 not found/)).toBeVisible()
    await expect(enabled).not.toBeChecked()
  })
})

test('run a policy now and watch it to its end', async ({ page, place }) => {
  const repositories = ['web', 'api', 'worker'].map((name) => ({ name, tags: ['1.0', '1.1'] }))
  const own = await place({
    registries,
    namespaces: [{ name: 'library', repositories }],
    policies: [policy(5, 'release', { override: true })],
  })
  await own.pace(600)
  await page.goto(routes.replication(own))
  await chooseAction(page, 'release', 'Run now')
  const dialog = page.getByRole('dialog', { name: 'Run release now?' })
  await expect(dialog).toContainText('library/**')
  await expect(dialog).toContainText('Overwrite is on')
  await dialog.getByRole('button', { name: 'Run now' }).click()
  await expect(page).toHaveURL(routes.replicationPolicy(own, 5))
  await expect(page.getByText('Run 1 of release started')).toBeVisible()
  expect((await own.received('POST')).map(({ body }) => body)).toEqual([{ policy_id: 5 }])
  // It begins now, and goes on for as long as anybody looks.
  await own.pace(6)
  await own.pace(600)
  const runs = page.getByRole('table', { name: 'Runs' })
  const past = expect.not.stringMatching(/in \d+ second/)
  await expectRows(runs, [{ Run: '1', Status: 'Running', Repositories: /of 3$/, Started: past, Updated: past }])
  await own.pace(0)
  await expectRows(runs, [{ Run: '1', Status: 'Succeeded', Repositories: '3 of 3' }])
})

test('a disabled policy cannot be run, and says why', async ({ page, place }) => {
  const own = await place({ registries, policies: [policy(1, 'asleep', { enabled: false })] })
  await page.goto(routes.replication(own))
  await openMenu(page, 'asleep')
  const item = page.getByRole('menuitem', { name: 'Run now' })
  await expect(item).toBeDisabled()
  await expect(item).toContainText('Enable the policy first')
  await page.keyboard.press('Escape')
  await page.goto(routes.replicationPolicy(own, 1))
  const button = page.getByRole('button', { name: 'Run now' })
  await expect(button).toBeDisabled()
  await expect(button).toHaveAccessibleDescription('Enable the policy first')
})

test('a whole visit with the keyboard alone', async ({ page, place }) => {
  const own = await place({ registries, policies: [policy(1, 'alpha'), policy(2, 'beta')] })
  await page.goto(routes.replication(own))
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
  await focusSearch(page)
  await page.keyboard.type('alpha')
  await expectNames(page, ['alpha'])

  const link = page.getByRole('link', { name: 'alpha' })
  const enabled = page.getByRole('switch', { name: 'Enable alpha' })
  const menu = page.getByRole('button', { name: 'Actions for alpha' })
  await repeatUntil(
    () => page.keyboard.press('Tab'),
    () => expect(link).toBeFocused({ timeout: 50 }),
  )
  await page.keyboard.press('Tab')
  await expect(enabled).toBeFocused()
  await page.keyboard.press('Space')
  await expect(enabled).not.toBeChecked()
  // Whoever pressed a switch is still there when it has moved.
  await expect(enabled).toBeFocused()
  await page.keyboard.press('Space')
  await expect(enabled).toBeChecked()

  const toDelete = () =>
    repeatUntil(
      () => page.keyboard.press('End'),
      () => expect(page.getByRole('menuitem', { name: 'Delete' })).toBeFocused({ timeout: 200 }),
    )
  await page.keyboard.press('Tab')
  await expect(menu).toBeFocused()
  await page.keyboard.press('Enter')
  await toDelete()
  await page.keyboard.press('Escape')
  await expect(menu).toBeFocused()
  await page.keyboard.press('Enter')
  await toDelete()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Delete policy alpha?' })
  await expect(dialog).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(menu).toBeFocused()
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Shift+Tab')
  await expect(link).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'alpha' })).toBeVisible()
  expect(await own.received('DELETE')).toEqual([])
  expect(await own.received('PUT')).toHaveLength(2)
})
