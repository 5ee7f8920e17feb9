import { routes } from '@/lib/routes'
import { expect, test } from './fixtures'
import { outside } from './outside'
import { chooseAction, expectNoSidewaysScroll, openMenu, policy, pullFrom, registry } from './policies'
import {
  chooseType,
  confirm,
  field,
  fill,
  openEdit,
  openNew,
  panel,
  review,
  row,
  secret,
  secretField,
  sent,
  table,
} from './registry-steps'
import { expectLines, expectRow, expectRows } from './rows'

const credential = (login: string) => ({ type: 'basic', access_key: login, access_secret: '' })
const harbor = registry(3, 'harbor-frankfurt', { credential: credential('robot$sync'), ca_certificate: 'PEM' })
const basic = registry(4, 'swr-hongkong', {
  type: 'huawei-SWR',
  region_id: 'ap-southeast-1',
  credential: credential('ap-southeast-1@AKOFSOMEBODYELSE00001'),
})
const namePlace = { Name: 'harbor-dr', Address: 'https://harbor.dr.example.com', Login: 'robot$dr' }

test('add a Harbor with host names of its own', async ({ page, place, accessible }) => {
  const own = await place({ registries: [] })
  await openNew(page, own)
  await fill(page, namePlace)
  await secretField(page).fill(secret)
  await field(page, 'Host names').fill('harbor.dr.example.com 192.0.2.10')
  await page.getByRole('checkbox', { name: 'Skip TLS verification' }).check()
  await expect(panel(page, 'Add registry')).toContainText('man-in-the-middle')
  await accessible()
  await review(page)
  // What will be sent is shown, but for the secret; nothing is sent before that.
  const asked = panel(page, 'Create harbor-dr?')
  await expect(asked).toContainText('"access_secret": "•••"')
  expect(await sent(own, 'POST')).toEqual([])
  await confirm(page, 'Create harbor-dr?', 'Add registry')
  await expect(page.getByText('harbor-dr was added')).toBeVisible()
  await expectRow(table(page), 'harbor-dr', {
    Address: 'https://harbor.dr.example.com TLS is not verified',
    Health: 'Healthy',
  })
  // What is there is counted at once.
  await expectLines(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /^Registries/ }), [
    ['Registries', '1'],
  ])
  expect(await sent(own, 'POST')).toEqual([
    {
      name: 'harbor-dr',
      type: 'swr-pro',
      url: 'https://harbor.dr.example.com',
      credential: { type: 'basic', access_key: 'robot$dr', access_secret: secret },
      dns_conf: { hosts: { 'harbor.dr.example.com': '192.0.2.10' } },
      insecure: true,
    },
  ])
})

test('add an Enterprise Edition target, which is named by three ids', async ({ page, place }) => {
  const own = await place({ registries: [] })
  await openNew(page, own)
  await chooseType(page, 'Enterprise Edition')
  await expect(field(page, 'Host names')).toBeHidden()
  await expect(page.getByRole('checkbox', { name: 'Skip TLS verification' })).toBeChecked()
  await expect(page.getByText('The SWR documentation disagrees')).toBeVisible()
  await fill(page, { Name: 'frankfurt', Address: 'https://frankfurt.example.com', Login: 'user-id' })
  await secretField(page).fill(secret)
  await review(page)
  await expect(page.getByText('3 fields need attention')).toBeVisible()
  await expect(field(page, 'Region')).toBeFocused()
  await fill(page, { Region: 'eu-west-101', 'Project ID': 'p-1', 'Instance ID': 'i-1' })
  await review(page)
  await confirm(page, 'Create frankfurt?', 'Add registry')
  await expectRow(table(page), 'frankfurt', { Type: 'Enterprise Edition eu-west-101' })
  const [body] = await sent(own, 'POST')
  expect(body).toMatchObject({
    type: 'swr-pro-internal',
    region_id: 'eu-west-101',
    project_id: 'p-1',
    instance_id: 'i-1',
    // One of SWR's documents demands it for this type.
    insecure: true,
  })
  expect(body).not.toHaveProperty('dns_conf')
})

test('add a Basic Edition region by its docker login', async ({ page, place }) => {
  const own = await place({ registries: [] })
  await openNew(page, own)
  await chooseType(page, 'Basic Edition')
  await expect(panel(page, 'Add registry')).toContainText('{region}@{AK}')
  await fill(page, {
    Name: 'guiyang',
    Address: 'swr.example.com',
    Region: 'cn-southwest-2',
    Login: 'cn-southwest-2@AK',
  })
  await secretField(page).fill(secret)
  await review(page)
  await expect(panel(page, 'Add registry')).toContainText('starting with https:// or http://')
  await fill(page, { Address: 'https://swr.example.com' })
  await review(page)
  await confirm(page, 'Create guiyang?', 'Add registry')
  await expectRow(table(page), 'guiyang', { Type: 'Basic Edition cn-southwest-2' })
  const [body] = await sent(own, 'POST')
  expect(body).toMatchObject({ type: 'huawei-SWR', region_id: 'cn-southwest-2' })
})

test('change an address: the secret is asked for again, what the console does not know stays', async ({
  page,
  place,
}) => {
  const own = await place({ registries: [harbor] })
  await openEdit(page, own, 'harbor-frankfurt')
  const form = panel(page, 'Edit harbor-frankfurt')
  await expect(form).toContainText("The type can't be changed")
  await expect(form).toContainText('never returns the secret')
  await expect(field(page, 'Login')).toHaveValue('robot$sync')
  await fill(page, { Address: 'https://moved.example.com' })
  await review(page)
  await expect(secretField(page)).toBeFocused()
  await expect(secretField(page)).toHaveAccessibleDescription(/This field is required/)
  await secretField(page).fill(secret)
  await review(page)
  await expect(panel(page, 'Save changes to harbor-frankfurt?')).toContainText('https://moved.example.com')
  await confirm(page, 'Save changes to harbor-frankfurt?', 'Save changes')
  await expectRow(table(page), 'harbor-frankfurt', { Address: 'https://moved.example.com' })
  const [body] = await sent(own, 'PUT')
  expect(body).toMatchObject({
    url: 'https://moved.example.com',
    ca_certificate: 'PEM',
    credential: { type: 'basic', access_key: 'robot$sync', access_secret: secret },
  })
  expect(body).not.toHaveProperty('status')
})

test('a login whose key is hidden must be typed in full, and the mask is never sent', async ({ page, place }) => {
  const own = await place({ registries: [basic] })
  await openEdit(page, own, 'swr-hongkong')
  await expect(panel(page, 'Edit swr-hongkong')).toContainText('Current: ap-southeast-1@•••')
  await expect(field(page, 'Login')).toHaveValue('')
  await secretField(page).fill(secret)
  await review(page)
  await expect(field(page, 'Login')).toBeFocused()
  await fill(page, { Login: 'ap-southeast-1@•••' })
  await review(page)
  await expect(field(page, 'Login')).toHaveAccessibleDescription(/hidden\. Enter the full login/)
  await fill(page, { Login: 'ap-southeast-1@NEWKEY' })
  await review(page)
  await confirm(page, 'Save changes to swr-hongkong?', 'Save changes')
  await expect(page.getByText('swr-hongkong was saved')).toBeVisible()
  const bodies = await sent(own, 'PUT')
  expect(bodies).toMatchObject([{ credential: { access_key: 'ap-southeast-1@NEWKEY' } }])
})

test.describe('when SWR refuses', () => {
  test.use({ expectedErrors: [/status of (409|400)/] })

  test('a name that is taken is said at the name, and nothing typed is lost', async ({ page, place }) => {
    const own = await place({ registries: [harbor] })
    await openNew(page, own)
    await fill(page, { ...namePlace, Name: 'harbor-frankfurt' })
    await secretField(page).fill(secret)
    await review(page)
    await confirm(page, 'Create harbor-frankfurt?', 'Add registry')
    await expect(field(page, 'Name')).toBeFocused()
    await expect(field(page, 'Name')).toHaveAccessibleDescription(/A registry with this name already exists/)
    await expect(secretField(page)).toHaveValue(secret)
    await fill(page, { Name: 'harbor-dr' })
    await review(page)
    await confirm(page, 'Create harbor-dr?', 'Add registry')
    await expect(row(page, 'harbor-dr')).toBeVisible()
  })

  test('somebody else changed it meanwhile: both versions are shown and what is typed stays', async ({
    page,
    place,
  }) => {
    const own = await place({ registries: [harbor] })
    await openEdit(page, own, 'harbor-frankfurt')
    await fill(page, { Description: 'mine' })
    await secretField(page).fill(secret)
    const { id: _, status: _status, created_at: _made, updated_at: _changed, ...request } = harbor
    const theirs = {
      ...request,
      url: 'https://theirs.example.com',
      credential: { ...credential('robot$sync'), access_secret: 'x' },
    }
    expect(await outside('registryUpdate', { instance_id: own.instance, registry_id: '3' }, theirs)).toBe(200)
    await review(page)
    await confirm(page, 'Save changes to harbor-frankfurt?', 'Save changes')
    const conflict = panel(page, 'harbor-frankfurt was changed while you were editing it')
    await expect(conflict).toContainText('https://theirs.example.com')
    await conflict.getByRole('button', { name: 'Review merged changes' }).click()
    await confirm(page, 'Save changes to harbor-frankfurt?', 'Save changes')
    await expect(page.getByText('harbor-frankfurt was saved')).toBeVisible()
    await expectRow(table(page), 'harbor-frankfurt', { Address: 'https://theirs.example.com' })
    const bodies = await sent(own, 'PUT')
    expect(bodies).toHaveLength(2)
    expect(bodies[1]).toMatchObject({
      description: 'mine',
      url: 'https://theirs.example.com',
      credential: { access_secret: secret },
    })
  })
})

test('deleting one in use names the policies in the way; once they are gone it takes its name', async ({
  page,
  place,
  accessible,
}) => {
  const own = await place({
    registries: [harbor, basic],
    policies: [policy(1, 'nightly'), policy(2, 'from-frankfurt', { ...pullFrom(3), enabled: false })],
  })
  await page.goto(routes.registries(own))
  await chooseAction(page, 'harbor-frankfurt', 'Delete')
  const asked = panel(page, 'Delete registry harbor-frankfurt?')
  await expect(asked.getByRole('list', { name: 'Policies that use it' }).getByRole('listitem')).toHaveText([
    'from-frankfurt · disabled',
    'nightly',
  ])
  const remove = asked.getByRole('button', { name: 'Delete' })
  await expect(remove).toHaveAttribute('aria-disabled', 'true')
  await accessible()
  await asked.getByRole('link', { name: 'nightly' }).click()
  await expect(page).toHaveURL(routes.replicationPolicy(own, 1))

  for (const policy_id of ['1', '2'])
    expect(await outside('replicationDelete', { instance_id: own.instance, policy_id })).toBe(204)
  await page.goto(routes.registries(own))
  await chooseAction(page, 'harbor-frankfurt', 'Delete')
  await remove.click()
  await expect(asked).toContainText('This is not the name of the registry')
  await asked.getByRole('textbox', { name: 'Type harbor-frankfurt to confirm' }).fill('harbor-frankfurt')
  expect(await sent(own, 'DELETE')).toHaveLength(2)
  await remove.click()
  await expect(page.getByText('harbor-frankfurt was deleted')).toBeVisible()
  await expect(row(page, 'harbor-frankfurt')).toBeHidden()
  await expect(row(page, 'swr-hongkong')).toBeVisible()
})

test('see which registries are used, and go to their policies', async ({ page, place }) => {
  const own = await place({ registries: [harbor, basic], policies: [policy(1, 'nightly'), policy(2, 'weekly')] })
  await page.goto(routes.registries(own))
  await expectRow(table(page), 'swr-hongkong', { 'Used by': 'Not used' })
  await table(page).getByRole('link', { name: '2 policies use harbor-frankfurt' }).click()
  await expect(page).toHaveURL(routes.replicationOf(own, 3))
})

test('a registry is added beside the form of a policy, and nothing that was typed is lost', async ({
  page,
  place,
  accessible,
}) => {
  const own = await place({ registries: [] })
  await page.goto(routes.replicationNew(own))
  const form = page.getByRole('main')
  await form.getByRole('textbox', { name: /^Name/ }).fill('half-typed')
  await expect(form).toContainText('This instance has no registries yet')
  await form.getByRole('button', { name: 'Add registry' }).click()
  await expect(panel(page, 'Add registry')).toBeVisible()
  await fill(page, namePlace)
  await secretField(page).fill(secret)
  await accessible()
  await review(page)
  await confirm(page, 'Create harbor-dr?', 'Add registry')
  await expect(page.getByText('harbor-dr was added')).toBeVisible()
  await expect(panel(page, 'Add registry')).toBeHidden()
  await expect(page).toHaveURL(routes.replicationNew(own))
  await expect(form.getByRole('textbox', { name: /^Name/ })).toHaveValue('half-typed')
  // What was added for this policy is chosen.
  await expect(form.getByRole('combobox', { name: 'Target registry' }).locator('option:checked')).toContainText(
    'harbor-dr',
  )
  await form.getByRole('textbox', { name: /^Repositories/ }).fill('library/**')
  await form.getByRole('button', { name: 'Review and create' }).first().click()
  await expect(page.getByRole('dialog', { name: 'Create half-typed?' })).toContainText('harbor-dr')
  // What the panel asks before it is left does not concern the form.
  await page.getByRole('button', { name: 'Back to form' }).click()
  await form.getByRole('button', { name: 'Add registry' }).click()
  await fill(page, { Name: 'not-meant' })
  await page.keyboard.press('Escape')
  await panel(page, 'Leave without saving?').getByRole('button', { name: 'Leave' }).click()
  await expect(panel(page, 'Add registry')).toBeHidden()
  await expect(form.getByRole('textbox', { name: /^Name/ })).toHaveValue('half-typed')
})

test('a registry that is down can still be chosen for a policy', async ({ page, place }) => {
  const own = await place({ registries: [registry(5, 'plant', { status: 'unhealthy' })] })
  await page.goto(routes.replicationNew(own))
  await page.getByRole('combobox', { name: 'Target registry' }).selectOption('5')
  await expect(page.getByRole('main')).toContainText('Unhealthy')
  await page.getByRole('textbox', { name: /^Name/ }).fill('to-plant')
  await page.getByRole('textbox', { name: /^Repositories/ }).fill('library/**')
  await page.getByRole('button', { name: 'Review and create' }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'Create policy' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'to-plant' })).toBeVisible()
})

test('closing the panel asks once, and the draft keeps neither login nor secret', async ({ page, place }) => {
  const own = await place({ registries: [] })
  await openNew(page, own)
  await fill(page, namePlace)
  await secretField(page).fill(secret)
  await page.keyboard.press('Escape')
  const leave = panel(page, 'Leave without saving?')
  await leave.getByRole('button', { name: 'Stay' }).click()
  await expect(secretField(page)).toHaveValue(secret)
  const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }))
  expect(kept).toContain('https://harbor.dr.example.com')
  for (const text of [secret, 'robot$dr']) expect(kept).not.toContain(text)
  await page.keyboard.press('Escape')
  await leave.getByRole('button', { name: 'Leave' }).click()
  await expect(panel(page, 'Add registry')).toBeHidden()
  await page.getByRole('button', { name: 'Add registry' }).click()
  await expect(page.getByText('Your unsaved draft was restored')).toBeVisible()
  await expect(field(page, 'Name')).toHaveValue('harbor-dr')
  await expect(field(page, 'Login')).toHaveValue('')
  await expect(secretField(page)).toHaveValue('')
  expect(await sent(own, 'POST')).toEqual([])
})

test('the secret goes to SWR and nowhere else', async ({ page, context, place }) => {
  const seen: Promise<string>[] = []
  context.on('response', (answer) => {
    const text = answer.text().catch(() => '')
    seen.push(text.then((body) => `${answer.url()} ${JSON.stringify(answer.headers())} ${body}`))
  })
  const asked: string[] = []
  context.on('request', (request) => {
    if (request.postData()?.includes(secret)) asked.push(`${request.method()} ${new URL(request.url()).pathname}`)
    expect(request.url()).not.toContain(secret)
  })
  const own = await place({ registries: [harbor] })
  await openEdit(page, own, 'harbor-frankfurt')
  await secretField(page).fill(secret)
  expect(await page.content()).not.toContain(secret)
  await review(page)
  await expect(panel(page, 'Save changes to harbor-frankfurt?')).toBeVisible()
  expect(await page.content()).not.toContain(secret)
  await confirm(page, 'Save changes to harbor-frankfurt?', 'Save changes')
  await expect(page.getByText('harbor-frankfurt was saved')).toBeVisible()
  await page.goto(routes.auditView({ object: 'harbor-frankfurt', instance: own.instance, connection: own.connection }))
  await expectRows(page.getByRole('table', { name: 'Audit log entries' }), [{ Action: /^Update registry/ }])
  await page
    .getByRole('link', { name: /^View details of entry/ })
    .first()
    .click()
  await expect(page.getByRole('dialog')).toContainText('harbor-frankfurt')
  expect(await page.content()).not.toContain(secret)
  const leaks = (await Promise.all(seen)).filter((text) => text.includes(secret))
  expect(leaks).toEqual([])
  expect(asked).toEqual([`PUT /api/swr/default/v2/-/instances/${own.instance}/registries/3`])
  expect(await sent(own, 'PUT')).toMatchObject([{ credential: { access_secret: secret } }])
})

test('on a phone the panel has the whole width', async ({ page, place }) => {
  await page.setViewportSize({ width: 360, height: 740 })
  const own = await place({ registries: [harbor] })
  await openEdit(page, own, 'harbor-frankfurt')
  await expect.poll(async () => (await panel(page, 'Edit harbor-frankfurt').boundingBox())?.width).toBe(360)
  await expectNoSidewaysScroll(page)
})

test.describe('a viewer', () => {
  test.use({ role: 'viewer' })

  test('sees what is stored and why nothing can be changed', async ({ page, place }) => {
    const own = await place({ registries: [harbor] })
    await page.goto(routes.registries(own))
    await expect(page.getByRole('button', { name: 'Add registry' })).toHaveAttribute('aria-disabled', 'true')
    await openMenu(page, 'harbor-frankfurt')
    await expect(page.getByRole('menuitem', { name: /^Delete/ })).toHaveAttribute('aria-disabled', 'true')
    await page.keyboard.press('Escape')
    await page.goto(routes.registry(own, 3))
    await expect(field(page, 'Address')).toHaveValue('https://harbor-frankfurt.example.com')
    const save = page.getByRole('dialog').getByRole('button', { name: 'Review and save' })
    await expect(save).toHaveAttribute('aria-disabled', 'true')
    await expect(save).toHaveAccessibleDescription(/Admin/)
    expect(await sent(own, 'PUT')).toEqual([])
  })
})
