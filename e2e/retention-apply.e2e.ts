import { routes } from '@/lib/routes'
import { expect, test } from './fixtures'
import { outside } from './outside'
import { farFromNow, scheduled } from './policies'
import { retention } from './retentions'
import { expectRow } from './rows'

const six = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta']
const tags = Array.from({ length: 7 }, (_, index) => ({
  name: String(index),
  pushed: new Date(Date.UTC(2026, 0, index + 1)).toISOString(),
}))

test.describe('the same rules for six namespaces', () => {
  test.use({ expectedErrors: [/status of 409/] })

  test('one fails, says why, and is written again alone', async ({ page, place, sandbox, accessible }) => {
    const own = await place({
      namespaces: ['library', ...six].map((name) => ({ name, repositories: [{ name: 'app', tags }] })),
      retentions: [retention(4, 'nightly', scheduled(farFromNow().cron))],
    })
    await page.goto(routes.retentionApply(own, 'library', 4))
    const table = page.getByRole('table', { name: 'Namespaces' })
    await page.getByRole('button', { name: 'Select all without a policy (6)' }).click()
    await expectRow(table, 'gamma', { 'Policy now': 'No policy', 'Would delete now': '2 tags (2 images)' })
    await accessible()
    // Meanwhile somebody else makes a policy of the same name there.
    const { id: _, namespace_id: _space, namespace_name: _name, rules, ...rest } = retention(9, 'nightly')
    const theirs = {
      ...rest,
      rules: rules.map(({ id: _rule, ...rule }) => ({ ...rule, params: { latestPushedK: 3 } })),
    }
    const there = { instance_id: own.instance, namespace_name: 'gamma' }
    expect(await outside('retentionCreate', there, theirs)).toBe(201)

    await page.getByRole('button', { name: 'Apply to 6 namespaces' }).click()
    const dialog = page.getByRole('dialog', { name: 'Apply to 6 namespaces?' })
    await expect(dialog).toContainText('6 policies are created')
    await expect(dialog).toContainText('New policies are created disabled')
    await expect(dialog).toContainText('"enabled": false')
    await accessible()
    await dialog.getByRole('button', { name: 'Apply to 6 namespaces' }).click()
    for (const name of six.filter((each) => each !== 'gamma'))
      await expectRow(table, name, { 'Policy now': 'Same rules', Result: /^Written .*Disabled until a dry run$/ })
    await expectRow(table, 'gamma', {
      'Policy now': /^Different rules the 3 most recently pushed tags/,
      Result: /^Not written Conflict in SWR/,
    })

    await page.getByRole('button', { name: 'Retry 1 failed' }).click()
    const again = page.getByRole('dialog', { name: 'Apply to 1 namespace?' })
    await expect(again).toContainText('The rules of 1 policy are replaced by these')
    await expect(again).toContainText('Request for gamma')
    await expect(again).not.toContainText('New policies are created disabled')
    // Theirs is on, and gets a schedule that nobody has seen a dry run of.
    await expect(again).toContainText('1 enabled policy is disabled by this')
    await expect(again).toContainText('"enabled": false')
    await again.getByRole('button', { name: 'Apply to 1 namespace' }).click()
    await expectRow(table, 'gamma', { 'Policy now': 'Same rules', Result: /^Written/ })
    const stored = (await sandbox.stored(own.instance)).retentions ?? []
    expect(stored).toHaveLength(7)
    for (const row of stored) expect(row).toMatchObject({ rules: [{ params: { latestPushedK: 5 } }] })
    expect(stored.filter((row) => row.namespace_name !== 'library' && row.enabled === true)).toEqual([])
  })
})
