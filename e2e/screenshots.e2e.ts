import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ConsoleOutput } from '@/lib/contract/console/schemas'
import type { SwrOutput } from '@/lib/contract/swr/schemas'
import { type InstanceLocation, routes } from '@/lib/routes'
import { expect, test } from './fixtures'

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

for (const name of ['list', 'form', 'run'] as const) {
  test(`the picture of the ${name}`, async ({ page, request }, { config }) => {
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
    const path = join(import.meta.dirname, 'screenshots', `${name}.png`)
    const kept = existsSync(path) && config.updateSnapshots !== 'all'
    const picture = await page.screenshot(kept ? {} : { path })
    expect(picture.length).toBeLessThan(300_000)
  })
}
