import { controlAnswer } from '../sandbox/control'
import { demoEurope } from '../sandbox/demo'
import { parsedJson } from '../sandbox/exchange'
import { field, listField, textField } from '../sandbox/json-fields'
import { bench } from './sandbox-client'
import type { Ask } from './signed-request'

/** The demo's account in the region that the tests of sync send to. */
export const europe = { credential: demoEurope, project: demoEurope.project } as const

/** A world with an organization to send from and one to send to, and short words for what tests of sync ask. */
export function syncBench(more: object = {}) {
  const at = bench()
  const control = (method: string, target: string, body?: object) => {
    const bytes = new TextEncoder().encode(body === undefined ? '' : JSON.stringify(body))
    const answer = controlAnswer(at.world, { method, target, headers: {}, body: bytes })
    return { status: answer.status, json: parsedJson(answer.body) }
  }
  const tags = ['v1', 'v2', 'v3'].map((name) => ({ name, size: 500_000_000 }))
  const odd = ['fault-never', 'fault-late', 'fault-other', 'fault-once']
  const source = { name: 'from', repositories: [{ name: 'web/api', tags: [...tags, ...odd] }], ...more }
  for (const made of [source, { name: 'to', region: demoEurope.region }])
    if (control('POST', '/organizations', made).status !== 201) throw new Error(`${made.name} was not made`)
  const place = { namespace: 'from', repository: 'web/api' }
  const target = { remoteNamespace: 'to', remoteRegionId: demoEurope.region }

  return {
    ...at,
    control,
    place,
    target,
    sync: (imageTag: readonly string[], changes: object = {}, ask: Ask = {}) =>
      at.ask('manualSync', place, { ...ask, body: { imageTag, ...target, ...changes } }),
    /** What a connection of the target region lists: digests by tag. */
    there(namespace = 'to'): Record<string, string> {
      const got = at.ask('basicTagList', { namespace, repository: 'web/api' }, europe)
      if (got.status === 404) return {}
      const list: unknown[] = Array.isArray(got.json) ? got.json : []
      return Object.fromEntries(list.map((row) => [textField(row, 'Tag'), textField(row, 'digest')]))
    },
    /** What the source holds: digests by tag. */
    here(): Record<string, string> {
      const got = at.ask('basicTagList', place)
      const list: unknown[] = Array.isArray(got.json) ? got.json : []
      return Object.fromEntries(list.map((row) => [textField(row, 'Tag'), textField(row, 'digest')]))
    },
    requests: (query: string) => listField(control('GET', `/requests?${query}`).json, 'requests'),
    forgotten: () => field(control('GET', '/requests').json, 'forgotten'),
  }
}
