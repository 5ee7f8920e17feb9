import 'server-only'
import { requireRules } from '../../contract/parse-input'
import { ProblemError, problemOf } from '../../contract/problem'
import { type ImmutableRule, immutableRuleBody } from '../../contract/swr/immutable-rule'
import type { SwrOperation } from '../../contract/swr/operations'
import { swrSchemas } from '../../contract/swr/schemas'
import { maxPageSize } from '../../contract/vocabulary'
import { withLease } from '../../db/lease'
import { toRequest } from '../../policy/immutable/request'
import { merge } from '../merge'
import { parseResponse, sendRequest } from '../request'
import { withNamespaceLease } from './arming'
import { leaseSeconds, sendWrite, type WriteRequest } from './context'
import { guardImmutable } from './guard'

const changes = ['immutableRuleUpdate', 'immutableRuleDelete'] as const satisfies SwrOperation[]
type Change = (typeof changes)[number]

export const isImmutableRuleChange = (name: SwrOperation): name is Change => changes.some((each) => each === name)

/** SWR shows no single rule: the list is walked until it is found. */
async function findRule({ target, input: { params } }: WriteRequest): Promise<ImmutableRule | undefined> {
  for (let offset = 0; ; offset += maxPageSize) {
    const input = {
      params: { instance_id: params.instance_id ?? '' },
      query: { offset, limit: maxPageSize },
      body: undefined,
    }
    const answer = await sendRequest(target, 'immutableRuleList', input)
    const { immutable_rules: rules, total } = parseResponse('immutableRuleList', answer, input)
    const found = rules.find(({ id }) => String(id) === params.immutable_rule_id)
    if (found || rules.length < maxPageSize || offset + rules.length === total) return found
  }
}

/**
 * Changes or deletes an immutable tag rule that is what the caller saw; 409 `changed_meanwhile` for any other. What the console
 * does not know of it stays.
 */
export async function changeImmutableRule(writing: WriteRequest, ifMatch: string | undefined): Promise<null> {
  if (!ifMatch) throw new ProblemError({ status: 428, code: 'precondition_missing' })
  const { db, actor, target, input, name, entry } = writing
  const key = ['immutable_rule', target.id, input.params.instance_id, input.params.immutable_rule_id].join('/')
  return await withLease(db, key, leaseSeconds, async (hold) => {
    const was = await findRule(writing)
    if (was?.content_hash !== ifMatch) throw new ProblemError({ status: 409, code: 'changed_meanwhile', now: was })
    const { content_hash, ...before } = was
    await entry.describe({ objectName: was.namespace_name ?? '', before })
    if (input.body) requireRules(swrSchemas[name], input.body, toRequest(was))
    const body = input.body && merge(immutableRuleBody, input.body, before)
    if (body) await entry.describe({ after: body })
    const namespace = was.namespace_name ?? input.params.namespace_name ?? ''
    const place = { connection: target.id, instance: input.params.instance_id ?? '', namespace }
    await withNamespaceLease(db, place, async (holdNamespace) => {
      const switchedOff: string[] = []
      const onSwitchedOff = (policy: string) => void switchedOff.push(policy)
      const change = { db, actor, connection: target.id, params: input.params, was, now: body ?? null }
      try {
        await guardImmutable({ ...change, namespace, onSwitchedOff })
        // Last of all: somebody else may have written while it was compared.
        await holdNamespace()
        await hold()
        parseResponse(name, await sendWrite(writing, { ...input, body }), input)
      } catch (error) {
        throw switchedOff.length > 0 ? halfDone(error, switchedOff) : error
      }
    })
    return null
  })
}

/** Schedules that were switched off for a change which failed stay off: whoever is told of the failure is told of that. */
const halfDone = (error: unknown, switchedOff: readonly string[]) =>
  Object.assign(new ProblemError({ ...problemOf(error), switchedOff }), { cause: error })
