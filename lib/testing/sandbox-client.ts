import { fill, match, type PathParams } from '../contract/path'
import { type SwrOperation, swrRoutes } from '../contract/swr/operations'
import { demo } from '../sandbox/demo'
import { type Answer, parsedJson, splitTarget } from '../sandbox/exchange'
import { loadOpenApi } from '../sandbox/openapi'
import { seededWorld } from '../sandbox/seed/seed'
import { createSandbox } from '../sandbox/server'
import { type Ask, signed } from './signed-request'

/* What the sandbox's tests share: a world with a clock that they move. */

export interface Got extends Answer {
  readonly json: unknown
}

// Compiling the description takes a moment and knows no world: the tests of one file share it.
const checks = loadOpenApi()

/** A fresh world. Whatever it answers is compared with the API description, by every test that asks anything. */
export function bench() {
  let now = Date.parse('2026-03-04T09:30:00Z')
  const clock = () => new Date(now)
  const world = seededWorld(clock)
  const sandbox = createSandbox(world, checks)

  function send(method: string, pathname: string, ask: Ask = {}): Got {
    const incoming = signed(method, pathname, ask, clock())
    const answer = sandbox(incoming)
    const name = match(incoming.method, splitTarget(incoming.target).pathname)?.name
    const isJson = answer.headers['Content-Type'] === 'application/json' || answer.body === ''
    const complaint =
      name && isJson && !answer.hangUp && answer.status !== 503 ? checks[name].answer(answer.status, answer.body) : null
    if (complaint) throw new Error(`${name}: ${complaint}\n${answer.body}`)
    return { ...answer, json: parsedJson(answer.body) }
  }

  return {
    world,
    send,
    ask: <Name extends SwrOperation>(name: Name, params: PathParams<(typeof swrRoutes)[Name]['path']>, ask: Ask = {}) =>
      send(swrRoutes[name].method, fill(swrRoutes[name].path, params, ask.project ?? demo.project), ask),
    pass(seconds: number) {
      now += seconds * 1000
    },
  }
}
