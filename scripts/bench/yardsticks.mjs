import { freePort } from '../port.mjs'
import { fail, next, runNode } from '../run.mjs'
import { answers, together } from '../together.mjs'

const folder = 'scripts/bench/yardstick'

/**
 * Builds and serves what the console is measured beside: a Next page with rows and nothing else, a Next handler that signs and
 * reads and nothing else, and a page of plain HTML with the same rows.
 */
export async function startYardsticks() {
  if ((await runNode([next, 'build', folder], {}, true)) !== 0) fail('The build of the yardstick failed: see above.')
  const ports = { bare: String(await freePort()), plain: String(await freePort()) }
  const [bare, plain] = [ports.bare, ports.plain].map((port) => `http://127.0.0.1:${port}`)
  const production = { NODE_ENV: 'production' }
  const running = together(
    [
      { name: 'plain HTML', args: [`${folder}/plain.mjs`], env: { ...production, PORT: ports.plain } },
      {
        name: 'bare page',
        args: [next, 'start', folder, '-H', '127.0.0.1', '-p', ports.bare],
        env: { ...production, UPSTREAM: `${plain}/answer` },
      },
    ],
    { silent: true },
  )
  for (const address of [plain, `${bare}/read`]) {
    if ((await answers(address, running.ended)) !== 'up') {
      await running.stop()
      fail(`No answer from the yardstick at ${address}.`)
    }
  }
  return {
    page: `${bare}/`,
    handler: `${bare}/read`,
    plain: `${plain}/`,
    pid: running.pids['bare page'],
    stop: running.stop,
  }
}
