import { routes } from '@/lib/routes'
import { expect, test } from './fixtures'

test.describe('the list of a cluster', () => {
  // A list that is none is refused.
  test.use({ expectedErrors: [/status of 422/] })

  test('is asked about before it is left, and says where it is wrong', async ({ page, accessible }) => {
    await page.goto(routes.inUse())
    await page.getByRole('button', { name: 'Add cluster' }).click()
    const panel = page.getByRole('dialog', { name: 'Add cluster' })
    const cluster = panel.getByRole('textbox', { name: 'Cluster' })
    const list = panel.getByRole('textbox', { name: 'Pods or image references' })
    const save = panel.getByRole('button', { name: 'Save list' })
    await save.click()
    await expect(cluster).toBeFocused()
    await expect(cluster).toHaveAccessibleDescription(/This field is required/)
    await cluster.fill(`prod-${crypto.randomUUID().slice(0, 8)}`)
    await save.click()
    await expect(list).toBeFocused()
    await list.fill('<html>')
    await save.click()
    await expect(list).toHaveAccessibleDescription(/This is a web page or XML/)
    await expect(list).toBeFocused()
    await accessible()

    await list.press('Escape')
    const question = page.getByRole('dialog', { name: 'Discard this list?' })
    await question.getByRole('button', { name: 'Stay' }).click()
    await expect(list).toHaveValue('<html>')
    await panel.getByRole('textbox', { name: /^Valid for/ }).fill('0')
    await save.click()
    await expect(panel.getByRole('textbox', { name: /^Valid for/ })).toBeFocused()
    await panel.getByRole('button', { name: 'Cancel' }).click()
    await question.getByRole('button', { name: 'Leave' }).click()
    await expect(panel).toBeHidden()
  })

  test('of a file is refused at the file', async ({ page }) => {
    await page.goto(routes.inUse())
    await page.getByRole('button', { name: 'Add cluster' }).click()
    const panel = page.getByRole('dialog', { name: 'Add cluster' })
    await panel.getByRole('textbox', { name: 'Cluster' }).fill(`prod-${crypto.randomUUID().slice(0, 8)}`)
    await panel
      .locator('input[type=file]')
      .setInputFiles({ name: 'pods.html', mimeType: 'text/plain', buffer: Buffer.from('<html>') })
    await expect(panel.getByText('pods.html')).toBeVisible()
    await panel.getByRole('button', { name: 'Save list' }).click()
    await expect(panel.getByText('This is a web page or XML')).toBeVisible()
    await expect(panel.getByRole('button', { name: 'Remove file' })).toBeFocused()
    await panel.getByRole('button', { name: 'Remove file' }).click()
    await expect(panel.getByText('This is a web page or XML')).toBeHidden()
  })
})
