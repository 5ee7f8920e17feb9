import { expect, test } from './fixtures'
import { OwnConsole } from './own-console'
import { admin, nobody, signInBy } from './people'
import { archiveRegistry, askForRun, dailyTags, digestsOf, dryRun, expectState, nameArchive } from './retention-runs'
import { retention } from './retentions'

/** More than are copied at a time, so that some have their copy while others have not been begun. */
const repositories = Array.from({ length: 8 }, (_, at) => ({ name: `service-${at}`, tags: dailyTags(7) }))
const [all, doomed] = [8 * 7, 8 * 2]
/** Seconds for a repository, in which a test ends. */
const forever = 3600

interface Started {
  readonly operation: string | null
  readonly body?: unknown
}

const isDeletion = ({ operation, body }: Started) =>
  operation === 'retentionExecutionStart' && JSON.stringify(body) === '{"dry_run":false}'

test('a console that is killed while it archives has deleted nothing, and goes on after its next start', async ({
  browser,
  place,
  sandbox,
}) => {
  // Two starts of a console, beside all that runs at the same time.
  test.setTimeout(180_000)
  const archive = await place({ namespaces: [{ name: 'kept', repositories: [] }] })
  const own = await place({
    namespaces: [{ name: 'library', repositories }],
    registries: [archiveRegistry(archive)],
    retentions: [retention(4, 'nightly')],
  })
  const digests = async (instance: string) => digestsOf(await sandbox.stored(instance))
  const deletions = async () => (await own.received('POST')).filter(isDeletion).length
  await own.pace(0)
  const before = await digests(own.instance)
  expect(before.size).toBe(all)

  const console_ = await OwnConsole.make()
  try {
    await console_.start()
    const context = await browser.newContext({ baseURL: console_.url, storageState: nobody })
    const page = await context.newPage()
    expect((await signInBy(context.request, admin, console_.url)).status()).toBe(200)
    await nameArchive(page, own, 'kept')
    await dryRun(page, own)
    const dialog = await askForRun(page, { withoutCopy: false })
    await own.pace(forever)
    await dialog.getByRole('button', { name: `Delete ${doomed} images` }).click()
    await expectState(page, 'Archiving')
    // The last repositories follow ten seconds later: time enough to hold them.
    await own.pace(10)
    await expect
      .poll(async () => (await digests(archive.instance)).size, { intervals: [50], timeout: 30_000 })
      .toBeGreaterThan(0)
    // From here on nothing moves: it is killed in the middle.
    await own.pace(forever)
    await console_.kill()
    expect((await digests(archive.instance)).size).toBeLessThan(doomed)
    expect(await digests(own.instance)).toEqual(before)
    expect(await deletions()).toBe(0)

    await console_.start()
    await page.reload()
    await expectState(page, 'Archiving')
    await expect(page.getByText(/^\d+ of 16 archived/)).toBeVisible()
    expect(await digests(own.instance)).toEqual(before)
    expect(await deletions()).toBe(0)

    await own.pace(0)
    await expect.poll(deletions, { timeout: 60_000 }).toBe(1)
    await expectState(page, 'Completed')
    await expect(page.getByText(`${doomed} of ${doomed} archived`)).toBeVisible()
    await expect(page.getByText(`${doomed} images with ${doomed} tags deleted`)).toBeVisible()
    expect(await deletions()).toBe(1)
    const [left, copies] = [await digests(own.instance), await digests(archive.instance)]
    expect(left.size).toBe(all - doomed)
    expect(copies.size).toBe(doomed)
    for (const [name, digest] of copies) expect([name, left.has(name), before.get(name)]).toEqual([name, false, digest])
    await context.close()
  } finally {
    await console_.remove()
  }
})
