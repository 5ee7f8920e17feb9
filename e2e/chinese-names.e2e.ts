import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { routes } from '@/lib/routes'
import { expect, type Place, test } from './fixtures'
import { policy, registry } from './policies'
import { textsIn } from './texts'

/* SWR's Chinese pages allow Chinese names: everything that can be done with a policy is done with one of that name. */

test.use({ locale: 'zh-CN' })
const t = textsIn('zh-CN')

const name = '支付-同步_1'
const registries = [registry(3, '上海-灾备')]
const namespaces = [{ name: 'payments', repositories: [{ name: 'team/api', tags: ['v1', 'v2'] }] }]

const heading = (page: Page, text: string) => page.getByRole('heading', { level: 1, name: text, exact: true })
const field = (page: Page, label: string) => page.getByRole('textbox', { name: label })
const dialog = (page: Page) => page.getByRole('dialog')
const press = (page: Page, label: string) => page.getByRole('button', { name: label }).first().click()
const openMenu = (page: Page, of: string) =>
  page.getByRole('button', { name: t('common.actionsFor', { name: of }) }).click()
const link = (page: Page) => page.getByRole('link', { name, exact: true })

async function bodies(own: Place, method: 'POST' | 'PUT', end: RegExp) {
  const requests = await own.received(method)
  return requests.flatMap(({ path, body }) => (end.test(path) ? [body] : []))
}

async function save(page: Page) {
  await press(page, t('form.reviewSave'))
  await dialog(page)
    .getByRole('button', { name: t('form.save') })
    .click()
  await expect(heading(page, name)).toBeVisible()
}

test('a policy with a Chinese name: create, edit, switch, search, run, export, restore', async ({
  page,
  place,
  accessible,
}) => {
  const own = await place({ registries, namespaces })
  await own.pace(0)

  await test.step('create', async () => {
    await page.goto(routes.replicationNew(own))
    await expect(heading(page, t('replicationForm.new'))).toBeVisible()
    await field(page, t('replicationForm.name')).first().fill(name)
    await page.getByRole('combobox', { name: t('replicationForm.registry.push') }).selectOption('3')
    await field(page, t('replicationForm.repositories')).fill('payments/**')
    await press(page, t('form.reviewCreate'))
    await expect(dialog(page)).toContainText(name)
    await dialog(page)
      .getByRole('button', { name: t('form.create') })
      .click()
    await expect(heading(page, name)).toBeVisible()
    expect(await bodies(own, 'POST', /policies$/)).toMatchObject([{ name, dest_registry: { id: 3 } }])
  })

  await test.step('edit', async () => {
    await page.goto(routes.replicationEdit(own, 1))
    await field(page, t('replicationForm.description')).fill('支付团队')
    await save(page)
    expect(await bodies(own, 'PUT', /policies\/1$/)).toMatchObject([{ name, description: '支付团队' }])
  })

  await test.step('search', async () => {
    await page.goto(routes.replication(own))
    await page.getByRole('searchbox').fill('没有')
    await expect(link(page)).toHaveCount(0)
    await page.getByRole('searchbox').fill('同步')
    await expect(link(page)).toBeVisible()
    await accessible()
  })

  await test.step('switch', async () => {
    const toggle = page.getByRole('switch', { name: t('common.switch.label', { name }) })
    await toggle.click()
    await expect(page.getByText(t('common.switch.enabled', { name }))).toBeVisible()
    await expect(toggle).toBeChecked()
    expect((await bodies(own, 'PUT', /policies\/1$/)).at(-1)).toMatchObject({ name, enabled: true })
  })

  await test.step('run', async () => {
    await openMenu(page, name)
    await page.getByRole('menuitem', { name: t('replication.act.run'), exact: true }).click()
    await expect(dialog(page)).toContainText(name)
    await dialog(page)
      .getByRole('button', { name: t('replication.run.confirm') })
      .click()
    await expect(heading(page, name)).toBeVisible()
    expect(await bodies(own, 'POST', /executions$/)).toEqual([{ policy_id: 1 }])
  })

  await test.step('export', async () => {
    await openMenu(page, name)
    await page.getByRole('menuitem', { name: t('policyPage.act.code') }).click()
    await expect(dialog(page).getByRole('region')).toContainText(`"name": "${name}"`)
    await dialog(page)
      .getByRole('radio', { name: t('code.terraform') })
      .check()
    await expect(dialog(page).getByRole('region').first()).toContainText(`_replication_policy" "${name}" {`)
    await page.keyboard.press('Escape')
  })

  await test.step('restore', async () => {
    await page.goto(routes.replicationHistory(own, 1))
    await page
      .getByRole('link', { name: t('history.restore') })
      .last()
      .click()
    await expect(field(page, t('replicationForm.name')).first()).toHaveValue(name)
    await expect(field(page, t('replicationForm.description'))).toHaveValue('')
    await save(page)
    expect((await bodies(own, 'PUT', /policies\/1$/)).at(-1)).toMatchObject({ name, description: '' })
  })

  await test.step('audit log and its file', async () => {
    await page.goto(`${routes.audit()}?object=${encodeURIComponent(name)}`)
    await expect(page.getByRole('table').getByText(name).first()).toBeVisible()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: t('audit.export.csv') }).click(),
    ])
    expect(await readFile(await file.path(), 'utf8')).toContain(`"${name}"`)
  })
})

test('a policy that breaks rules of the console can be switched, edited in other fields and duplicated', async ({
  page,
  place,
}) => {
  const odd = policy(7, 'legacy sync v1.0', {
    filters: [
      { type: 'name', value: 'payments/**' },
      { type: 'tag', value: 'v1', decoration: 'excludes' },
    ],
    trigger: { type: 'scheduled', trigger_settings: { cron: '0 2 * * *' } },
    enabled: false,
  })
  const own = await place({ registries, namespaces, policies: [odd] })
  await page.goto(routes.replication(own))
  await expect(page.getByRole('table')).toContainText(t('replication.allBut', { value: 'v1' }))
  await page.getByRole('switch', { name: t('common.switch.label', { name: odd.name }) }).click()
  await expect(page.getByText(t('common.switch.enabled', { name: odd.name }))).toBeVisible()
  expect((await bodies(own, 'PUT', /policies\/7$/)).at(-1)).toMatchObject({
    name: odd.name,
    enabled: true,
    filters: odd.filters,
    trigger: odd.trigger,
  })

  await page.goto(routes.replicationEdit(own, 7))
  await field(page, t('replicationForm.description')).fill('改了说明')
  await press(page, t('form.reviewSave'))
  await dialog(page)
    .getByRole('button', { name: t('form.save') })
    .click()
  await expect(heading(page, odd.name)).toBeVisible()
  expect((await bodies(own, 'PUT', /policies\/7$/)).at(-1)).toMatchObject({
    description: '改了说明',
    filters: odd.filters,
    trigger: odd.trigger,
  })

  await page.goto(routes.replicationCopy(own, 7))
  await expect(field(page, t('replicationForm.name')).first()).toHaveValue('legacy-sync-v1-0-copy')
  // What is changed is looked at, and the exclusion does not go over to another pattern.
  await field(page, t('replicationForm.tags')).fill('v2')
  await expect(page.getByText('v1', { exact: true })).toBeVisible()
  await press(page, t('form.reviewCreate'))
  await expect(dialog(page)).toContainText('v2')
  await expect(dialog(page)).not.toContainText('excludes')
})
