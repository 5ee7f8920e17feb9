import type * as client from '../swr/client'
import { signal } from './signal'

type Name = Parameters<typeof client.requestSwr>[2]
type Step = (answer: () => Promise<unknown>) => Promise<unknown>

/*
 * Others do something between two steps of one request: a test says at which of SWR's answers. For
 * `vi.mock('…/swr/client', async (original) => (await import('…/testing/swr-hooks')).hooked(original))`.
 */

const steps = new Map<Name, Step>()

/** The next request of this name goes through `step`. */
export const atNext = (name: Name, step: Step): void => void steps.set(name, step)

/** The next request of this name stands still until `release` is called; `reached` resolves when it is there. */
export function stopAt(name: Name) {
  const [reached, released] = [signal(), signal()]
  atNext(name, async (answer) => {
    reached.give()
    await released.given
    return await answer()
  })
  return { reached: reached.given, release: released.give }
}

/** The same once SWR has answered, and nobody knows it yet. */
export function stopAfter(name: Name) {
  const [reached, released] = [signal(), signal()]
  atNext(name, async (answer) => {
    const answered = await answer()
    reached.give()
    await released.given
    return answered
  })
  return { reached: reached.given, release: released.give }
}

export async function hooked(original: <Module>() => Promise<Module>): Promise<typeof client> {
  const real = await original<typeof client>()
  const requestSwr = (async (...asked: Parameters<typeof real.requestSwr>) => {
    const step = steps.get(asked[2])
    steps.delete(asked[2])
    const answer = () => real.requestSwr(...asked)
    return step ? await step(answer) : await answer()
  }) as typeof real.requestSwr
  return { ...real, requestSwr }
}
