import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Page, TestInfo } from '@playwright/test'
import type { ConsoleOutput } from '@/lib/contract/console/schemas'
import type { SwrOutput } from '@/lib/contract/swr/schemas'
import { type InstanceLocation, routes } from '@/lib/routes'
import { expect, test } from './fixtures'
import { expectRow } from './rows'

/*
 * The README's pictures, of what the sandbox holds from its start. They are written when they are missing, or all anew
 * by `npm run e2e -- screenshots -u all`: a run of the tests must not change files that are kept.
 */
async function firstInstance(request: { get: (path: string) => Promise<{ json: () => Promise<unknown> }> }) {
  const answer = await request.get('/api/swr/default/v2/-/instances')
  const { instances } = (await answer.json()) as { instances: { id: string; name: string }[] }
  const seeded = instances.find(({ name }) => !name.startsWith('e2e-')) ?? instances[0]
  if (!seeded) throw new Error('the sandbox has no instance')
  return { connection: 'default', instance: seeded.id }
}

type Reader = Parameters<typeof firstInstance>[0]

async function policyNamed(request: Reader, at: InstanceLocation, name: string) {
  const address = `/api/console/instances/${at.connection}/${at.instance}/replication?q=${name}`
  const { rows } = (await (await request.get(address)).json()) as ConsoleOutput<'replicationIndex'>
  const id = rows.find((row) => row.policy.name === name)?.policy.id
  if (id === undefined) throw new Error(`the sandbox has no policy ${name}`)
  return id
}

/** The last run that failed in part: of many tags, with failures of more than one cause. The schedule may have run since. */
async function failedRun(request: Reader, at: InstanceLocation, policy: number) {
  const runs = `/api/swr/${at.connection}/v2/-/instances/${at.instance}/replication/executions?policy_id=${policy}`
  const { executions } = (await (await request.get(runs)).json()) as SwrOutput<'executionList'>
  const run = executions?.find(({ failed, succeed }) => failed && succeed)
  if (run?.id === undefined) throw new Error('the sandbox has no such run')
  return routes.replicationRun(at, policy, run.id)
}

async function take(page: Page, { config }: TestInfo, name: string) {
  const path = join(import.meta.dirname, 'screenshots', `${name}.png`)
  const kept = existsSync(path) && config.updateSnapshots !== 'all'
  const picture = await page.screenshot(kept ? {} : { path })
  expect(picture.length).toBeLessThan(300_000)
}

for (const name of ['list', 'form', 'run'] as const) {
  test(`the picture of the ${name}`, async ({ page, request }, info) => {
    const at = await firstInstance(request)
    const policy = await policyNamed(request, at, 'payments-to-frankfurt')
    const addresses = {
      list: routes.replication(at),
      form: routes.replicationCopy(at, policy),
      run: await failedRun(request, at, policy),
    }
    await page.goto(addresses[name])
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    // The form's are what its filters match.
    const rows =
      name === 'form'
        ? page.getByRole('list', { name: 'Matching repositories' }).getByRole('listitem')
        : page.getByRole('row')
    await expect(rows.nth(2)).toBeVisible()
    await take(page, info, name)
  })
}

test('the picture of the retention policies', async ({ page, request }, info) => {
  await page.goto(routes.retention(await firstInstance(request)))
  await expectRow(page.getByRole('table', { name: 'Retention policies' }), 'keep-last-10', {
    'Would delete now': /tags/,
  })
  await take(page, info, 'retention')
})

test('the picture of what an edit of a rule would delete', async ({ page, request }, info) => {
  const at = await firstInstance(request)
  const { rows } = (await (
    await request.get(`/api/console/instances/${at.connection}/${at.instance}/retention`)
  ).json()) as ConsoleOutput<'retentionIndex'>
  const row = rows.find(({ policy }) => policy?.name === 'keep-last-10')
  await page.goto(routes.retentionEdit(at, row?.namespace ?? '', row?.policy?.id ?? 0))
  const card = page.getByRole('region', { name: /^If it ran / })
  await page.getByRole('textbox', { name: /^Number of/ }).fill('5')
  await expect(card).toContainText(/Newly deleted: \d+ tags/)
  await expect(card.getByRole('table', { name: 'Decision for each image' }).getByRole('row').nth(2)).toBeVisible()
  await card.evaluate((element) => element.scrollIntoView())
  await take(page, info, 'what-if')
})
