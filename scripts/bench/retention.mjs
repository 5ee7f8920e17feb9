import { setTimeout } from 'node:timers/promises'
import { withBrowser, withPage } from './browser.mjs'
import { withConsole } from './console.mjs'
import { residentBytes } from './process.mjs'

/* The what-if of retention over one namespace of 50,000 tags: a changed number, decided by the server and painted. */

const tags = 50_000
const repositories = 5
const namespace = 'bench'
const policy = { id: 7, name: 'keep-newest' }
const rounds = 60
const dayMs = 86_400_000
const hourMs = 3_600_000

const percentile = (values, part) => values.toSorted((a, b) => a - b)[Math.ceil(values.length * part) - 1] ?? 0

const rule = (keep, pattern) => ({
  priority: 0,
  action: 'retain',
  template: 'latestPushedK',
  params: { latestPushedK: keep },
  tag_selectors: [{ kind: 'doublestar', decoration: 'matches', pattern }],
  scope_selectors: { repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: '**' }] },
  repo_scope_mode: 'regular',
  disabled: false,
})

/** An instance whose only namespace holds all the tags, each an image of its own. */
function content() {
  const now = Date.now()
  const each = tags / repositories
  return {
    namespaces: [
      {
        name: namespace,
        repositories: Array.from({ length: repositories }, (_, at) => ({
          name: `service-${at}`,
          tags: Array.from({ length: each }, (_, index) => ({
            name: `v1.${at}.${index}`,
            pushed: new Date(now - index * hourMs).toISOString(),
            ...(index % 3 === 0 && { pulled: new Date(now - (index % 90) * dayMs).toISOString() }),
          })),
        })),
      },
    ],
    retentions: [
      {
        ...policy,
        namespace_id: 1,
        namespace_name: namespace,
        algorithm: 'or',
        enabled: false,
        rules: [rule(10, '**')],
        trigger: { type: 'manual' },
      },
    ],
  }
}

async function timed(work) {
  const begun = performance.now()
  const result = await work()
  return { result, ms: performance.now() - begun }
}

/** Until all images are listed. */
async function listed(ask) {
  for (const end = Date.now() + 300_000; Date.now() < end; await setTimeout(1_000)) {
    const { complete, refreshing, images } = await ask({ policy: policy.id })
    if (complete && !refreshing) return images.total
  }
  throw new Error('The images were not listed after five minutes.')
}

/** Types numbers into the form and waits until what they delete is painted: milliseconds of each, by the page's own clock. */
const paintTimes = (page) =>
  page.evaluate(
    async ({ rounds: count, all, each }) => {
      const input = document.querySelector('#field-rules-0-amount')
      const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
      const painted = async (text) => {
        while (!document.body.innerText.includes(text)) {
          await new Promise((resolve) => {
            const observer = new MutationObserver(() => {
              observer.disconnect()
              resolve()
            })
            observer.observe(document.body, { childList: true, subtree: true, characterData: true })
          })
        }
        await frame()
        await frame()
      }
      const times = []
      for (let round = 0; round < count; round += 1) {
        const keep = 11 + round
        const begun = performance.now()
        write.call(input, String(keep))
        input.dispatchEvent(new Event('input', { bubbles: true }))
        await painted((all - keep * each).toLocaleString('en'))
        times.push(performance.now() - begun)
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
      return times
    },
    { rounds, all: tags, each: repositories },
  )

export async function measureRetention(executablePath) {
  return await withConsole(async ({ address, sandbox, pid, cookie }) => {
    const made = await fetch(`http://127.0.0.1:${sandbox.control}/instances`, {
      method: 'POST',
      body: JSON.stringify({ content: content() }),
    })
    if (!made.ok) throw new Error(`No instance: ${made.status} ${(await made.text()).slice(0, 300)}`)
    const { id } = await made.json()
    const headers = { cookie, origin: address, 'content-type': 'application/json' }
    const ask = async (body) => {
      const answer = await fetch(`${address}/api/console/instances/default/${id}/retention/decisions`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ namespace, ...body }),
      })
      if (!answer.ok) throw new Error(`The decisions answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`)
      return await answer.json()
    }
    const total = await listed(ask)
    const series = async (pattern) => {
      const first = await timed(() => ask({ policy: policy.id, rules: [rule(3, pattern)] }))
      const times = []
      for (let keep = 11; keep < 11 + rounds; keep += 1)
        times.push((await timed(() => ask({ policy: policy.id, rules: [rule(keep, pattern)] }))).ms)
      return { first: first.ms, p95: percentile(times, 0.95) }
    }
    const plain = await series('v1.?.*')
    const braces = await series('{v1.{0,1}.*,v1.2*}')
    const edit = `${address}/default/instances/${id}/retention/${namespace}/${policy.id}/edit`
    const painted = await withBrowser(executablePath, (browser) =>
      withPage(browser, { address, cookie, script: '' }, async ({ page }) => {
        await page.goto(edit)
        await page
          .getByText((tags - 10 * repositories).toLocaleString('en'))
          .first()
          .waitFor()
        return await paintTimes(page)
      }),
    )
    return {
      images: { value: total },
      firstPattern: { value: plain.first },
      decideP95: { value: plain.p95 },
      firstBraces: { value: braces.first },
      bracesP95: { value: braces.p95 },
      paintP50: { value: percentile(painted, 0.5) },
      paintP95: { value: percentile(painted, 0.95) },
      memory: { value: (await residentBytes(pid)) / 1e6 },
    }
  })
}
