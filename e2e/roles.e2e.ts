import type { Page } from '@playwright/test'
import { routes } from '@/lib/routes'
import { address } from './accounts'
import { expect, type Place, test } from './fixtures'
import { content } from './pages'
import { chooseAction, openMenu, policy, policyRow, registry } from './policies'
import { aim, choose, expectCells, send, unseen } from './syncs'

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })

/** Every write of the first screens, as a page would send it. */
const writes = ({ instance }: Place) => {
  const base = `/api/swr/default/v2/-/instances/${instance}`
  return [
    ['operator', 'POST', `${base}/replication/executions`, { policy_id: 1 }],
    ['admin', 'POST', `${base}/replication/policies`, policy(9, 'mine')],
    ['admin', 'PUT', `${base}/replication/policies/1`, policy(1, 'mine')],
    ['admin', 'DELETE', `${base}/replication/policies/1`, undefined],
    ['admin', 'PUT', `${base}/namespaces/library/retention/policies/1`, content.retentions?.[0]],
    ['admin', 'POST', '/api/console/users', { email: 'x@y.example', name: 'X', role: 'admin' }],
  ] as const
}

/** Blocked, reachable by keyboard, and it says which role it needs. */
async function expectBlocked(page: Page, role: 'switch' | 'button', name: string | RegExp, needed: string) {
  const control = page.getByRole(role, { name }).first()
  await expect(control).toBeDisabled()
  await expect(control).toHaveAccessibleDescription(`Requires the ${needed} role`)
  // Before React is alive a form takes no focus.
  await expect(async () => {
    await control.focus()
    await expect(control).toBeFocused({ timeout: 500 })
  }).toPass()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

for (const role of ['viewer', 'operator'] as const) {
  test.describe(`as ${role}`, () => {
    test.use({ role })

    test('writes above the role are refused by the API, recorded, and never reach SWR', async ({ request, place }) => {
      const own = await place(content)
      for (const [needed, method, path, data] of writes(own)) {
        if (needed === role) continue
        const headers = { origin: address.console, 'if-match': '"any"' }
        const answer = await request.fetch(path, { method, headers, data })
        expect.soft([answer.status(), (await answer.json()).code], `${method} ${path}`).toEqual([403, 'role_too_low'])
      }
      expect(await own.received()).toEqual([])
      const log = await request.get(`/api/console/audit?instance=${own.instance}&outcome=denied`)
      const { entries } = await log.json()
      expect(entries.map(({ operation }: { operation: string }) => operation)).toEqual(
        expect.arrayContaining(['replicationCreate', 'replicationUpdate', 'replicationDelete', 'retentionUpdate']),
      )
    })

    test('what the role does not allow stays visible and says which role it needs', async ({
      page,
      place,
      accessible,
    }) => {
      const own = await place(content)
      await page.goto(routes.replication(own))
      await expectBlocked(page, 'button', 'New policy', 'Admin')
      await expectBlocked(page, 'switch', 'Enable nightly', 'Admin')
      await page.getByRole('switch', { name: 'Enable nightly' }).click({ force: true })
      await openMenu(page, 'nightly')
      for (const [name, needed] of [
        ['Run now', 'Operator'],
        ['Edit', 'Admin'],
        ['Delete', 'Admin'],
      ]) {
        const item = page.getByRole('menuitem', { name })
        if (needed?.toLowerCase() === role) {
          await expect(item).toBeEnabled()
          continue
        }
        await expect(item).toBeDisabled()
        await expect(item).toContainText(`Requires the ${needed} role`)
      }
      await page.keyboard.press('Escape')
      await accessible()
      await page.goto(routes.replicationPolicy(own, 1))
      await expectBlocked(page, 'button', 'Edit', 'Admin')
      await openMenu(page, 'nightly')
      const remove = page.getByRole('menuitem', { name: 'Delete' })
      await expect(remove).toBeDisabled()
      await expect(remove).toContainText('Requires the Admin role')
      await page.keyboard.press('Escape')
      await accessible()
      for (const form of [
        routes.replicationNew(own),
        routes.replicationEdit(own, 1),
        routes.retentionEdit(own, 'library', 1),
      ]) {
        await page.goto(form)
        await expectBlocked(page, 'button', /^Review and/, 'Admin')
      }
      await page.goto(routes.retention(own))
      await expectBlocked(page, 'switch', 'Enable keep-releases', 'Admin')
      // The name leads to what the policy says; to edit it is a button that says who may.
      await page.getByRole('link', { name: 'keep-releases' }).click()
      await expect(page.getByRole('region', { name: 'Summary' })).toBeVisible()
      await expectBlocked(page, 'button', 'Edit', 'Admin')
      for (const method of ['POST', 'PUT', 'DELETE']) expect(await own.received(method)).toEqual([])
    })

    test('the accounts are closed, and the page says why', async ({ page, accessible }) => {
      await page.goto(routes.home())
      await page.getByRole('link', { name: 'Users' }).click()
      await expect(heading(page, 'Users')).toBeVisible()
      await expect(page.getByRole('main')).toContainText('Admins only')
      await expect(page.getByRole('main')).toContainText(new RegExp(`You are signed in as ${role}`, 'i'))
      await expect(page.getByRole('table')).toHaveCount(0)
      await accessible()
    })
  })
}

test.describe('as viewer', () => {
  test.use({ role: 'viewer' })

  test('manual sync shows what could be copied and needs the role operator', async ({ page, organization }) => {
    const own = await organization([{ name: 'web', tags: ['1.0'] }])
    await page.goto(routes.sync('default', { organization: own.name, repository: 'web' }))
    await expect(page.getByRole('checkbox', { name: '1.0' })).toBeVisible()
    await choose(page, '1.0')
    await aim(page, unseen)
    await expectCells(page, `${own.name}/web:1.0`, ['Not visible'])
    await expectBlocked(page, 'button', 'Send 1 tag to 1 region', 'Operator')
    expect(await own.received('POST')).toEqual([])
  })
})

test.describe('as operator', () => {
  test.use({ role: 'operator' })

  test('run a policy and copy a tag', async ({ page, place, organization }) => {
    const own = await place({
      namespaces: [{ name: 'library', repositories: [{ name: 'web', tags: ['1.0'] }] }],
      registries: [registry(3, 'harbor-frankfurt')],
      policies: [policy(1, 'release')],
    })
    await page.goto(routes.replication(own))
    await expect(policyRow(page, 'release')).toBeVisible()
    await chooseAction(page, 'release', 'Run now')
    await page.getByRole('dialog').getByRole('button', { name: 'Run now' }).click()
    await expect(page.getByText('Run 1 of release started')).toBeVisible()
    expect((await own.received('POST')).map(({ body }) => body)).toEqual([{ policy_id: 1 }])

    const { name, received } = await organization([{ name: 'web', tags: ['1.0'] }])
    await page.goto(routes.sync('default', { organization: name, repository: 'web' }))
    await choose(page, '1.0')
    await aim(page, unseen)
    await send(page, 'Send 1 tag to 1 region')
    await expectCells(page, `${name}/web:1.0`, ["Reported, can't verify"])
    expect(await received('POST')).toHaveLength(1)
  })
})
