import type { Page } from '@playwright/test'
import { routes } from '@/lib/routes'
import { expect, test } from './fixtures'
import { minutesAgo, policy, registry, run } from './policies'

/* Runs as Harbor really runs them: they hang, and what failed is copied by a later one. */

const registries = [registry(3, 'frankfurt')]
const why = (page: Page) => page.getByRole('region', { name: 'Why tags failed' })
const tagTable = (page: Page) => page.getByRole('table', { name: 'Tags' })

const task = (id: number, status: string, repository = `library/app-${id}`) => ({
  id,
  src_resource: `${repository} [1 item(s) in total]`,
  dst_resource: `${repository} [1 item(s) in total]`,
  operation: 'copy',
  status,
})
const subtask = (id: number, repository: string, status: string, text = '') => ({
  id,
  namespace: 'library',
  repository,
  tag: 'v1',
  status,
  status_text: text,
})

test('a run that hangs says so in the list, on its page and in the checks', async ({ page, place, accessible }) => {
  const days = (count: number) => minutesAgo(count * 24 * 60)
  const hourly = { type: 'scheduled', trigger_settings: { cron: '0 0 * * * *' } }
  const own = await place({
    registries,
    policies: [policy(1, 'nightly', { trigger: hourly, updated_at: days(30) })],
    deadSchedules: [1],
    executions: [
      run(1, 1, 'Succeed', { created_at: days(10), updated_at: days(10), trigger: 'scheduled' }),
      run(2, 1, 'InProgress', { created_at: days(9), updated_at: days(9), trigger: 'scheduled', succeed: 0 }),
    ],
    tasks: { 2: [task(3, 'InProgress')] },
  })
  await page.goto(routes.replication(own))
  const row = page.getByRole('row').filter({ hasText: 'nightly' })
  await expect(row).toContainText('Stuck')
  await expect(row).toContainText(/missed \d+ runs/)
  await page.goto(routes.replicationRun(own, 1, 2))
  await expect(page.getByRole('heading', { level: 2, name: 'This run is stuck' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeEnabled()
  await accessible()
  await page.goto(routes.checks(own))
  await expect(page.getByRole('region', { name: 'Run is stuck' })).toContainText(
    /The run of nightly has made no progress for 9 days/,
  )
})

test('a later run that copied what had failed is named in the rows and above them', async ({ page, place }) => {
  const own = await place({
    registries,
    policies: [policy(1, 'nightly')],
    executions: [
      run(1, 1, 'Failed', { total: 1, succeed: 0, failed: 1, created_at: minutesAgo(90) }),
      run(2, 1, 'Succeed', { total: 1, succeed: 1, created_at: minutesAgo(30) }),
    ],
    tasks: { 1: [task(3, 'Failed')], 2: [task(4, 'Succeed', 'library/app-3')] },
    subtasks: {
      3: [subtask(3, 'app-3', 'Failed', "400 Bad Request: Invalid image, fail to parse 'manifest.json'")],
      4: [subtask(4, 'app-3', 'Succeed')],
    },
  })
  await page.goto(routes.replicationRun(own, 1, 1))
  await expect(page.getByText('Everything that failed in this run has been copied since.')).toBeVisible()
  const row = tagTable(page).getByRole('row').filter({ hasText: 'library/app-3:v1' })
  await expect(row).toContainText('copied later by Run 2')
  await expect(page.getByRole('button', { name: /^Retry failed/ })).toHaveCount(0)
  // The text stands once, with its cause; in the row it is opened on demand.
  await expect(why(page)).toContainText("The target doesn't accept image indexes")
  await expect(why(page)).toContainText('oci-mediatypes=false, provenance=false')
  const text = row.getByText("fail to parse 'manifest.json'")
  await expect(text).toBeHidden()
  await row.getByText("The target doesn't accept image indexes").click()
  await expect(text).toBeVisible()
})
