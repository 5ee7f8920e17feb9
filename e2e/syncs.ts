import { expect, type Locator, type Page } from '@playwright/test'
import { untilAlive } from './alive'

/* Steps of manual sync that several tests take, in the words of its screens. */

/** Regions that a connection of the console lists, and one that none does. */
export const [frankfurt, hongkong, unseen] = ['eu-west-101', 'ap-southeast-1', 'cn-east-3'] as const

export const aim = async (page: Page, ...regions: string[]) => {
  for (const region of regions) await page.getByRole('button', { name: region, exact: true }).click()
}

export const choose = (page: Page, tag: string) => page.getByRole('checkbox', { name: tag, exact: true }).check()

export const sendButton = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** Cells of a grid by the image in their row, in the order of the targets. */
export const cells = (page: Page, image: string): Locator =>
  page
    .getByRole('grid')
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: image, exact: true }) })
    .getByRole('gridcell')

/** What the cells of an image say. */
export const expectCells = (page: Page, image: string, texts: readonly (string | RegExp)[]) =>
  expect(cells(page, image)).toHaveText([...texts], { useInnerText: true })

/** Adds every tag that a pattern takes. */
export async function addByPattern(page: Page, repository: string, tag: string, button: string) {
  await untilAlive(page)
  await page.getByRole('radio', { name: 'By pattern' }).click()
  await page.getByRole('textbox', { name: 'Repository pattern' }).fill(repository)
  await page.getByRole('textbox', { name: 'Tag pattern' }).fill(tag)
  await page.getByRole('button', { name: button, exact: true }).click()
}

export const basket = (page: Page) => page.getByRole('region', { name: 'Basket' })

/** Sends what is planned and leads to the job. */
export async function send(page: Page, name: string) {
  await sendButton(page, name).click()
  await expect(page).toHaveURL(/\/sync\/jobs\/\d+$/)
}
