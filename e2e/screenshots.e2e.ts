import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { routes } from '@/lib/routes'
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

for (const [name, route] of [
  ['list', routes.replication],
  ['form', routes.replicationNew],
] as const) {
  test(`the picture of the ${name}`, async ({ page, request }, { config }) => {
    await page.goto(route(await firstInstance(request)))
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.getByRole(name === 'list' ? 'row' : 'textbox').nth(2)).toBeVisible()
    const path = join(import.meta.dirname, 'screenshots', `${name}.png`)
    const kept = existsSync(path) && config.updateSnapshots !== 'all'
    const picture = await page.screenshot(kept ? {} : { path })
    expect(picture.length).toBeLessThan(300_000)
  })
}
