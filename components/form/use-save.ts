import { useState } from 'react'
import { type Problem, ProblemError, problemOf } from '@/lib/contract/problem'

/** SWR has no code for a name that is taken: it is looked up after these (NOTES section 14). */
const mayBeTaken = [400, 409]

const isGone = ({ code }: Problem) => code === 'swr_not_found' || code === 'swr_gone'

interface State<Row> {
  readonly busy: boolean
  readonly error: unknown
  /** The object as it is, when it is not what the form was opened on; null when it is gone. */
  readonly now?: Row | null
}

/** Sends what a form was filled in with. `error` is known only once it is clear what it concerns. */
export function useSaving<Row, Body, Written>({
  send,
  readNow,
  isTaken,
  taken,
}: {
  send: (body: Body, why: { readonly reason?: string }) => Promise<Written>
  /** Reads anew what the form was opened on; null when it makes something new. */
  readNow: (() => Promise<Row | null>) | null
  /** Whether another one has the name. */
  isTaken: (body: Body) => Promise<boolean>
  /** What is said at the name then. */
  taken: string
}) {
  const [state, setState] = useState<State<Row>>({ busy: false, error: null })

  const explain = async (error: unknown, body: Body): Promise<State<Row>> => {
    const problem = problemOf(error)
    if (readNow && (problem.code === 'changed_meanwhile' || isGone(problem))) {
      const now = await readNow().catch(() => undefined)
      // Gone, as SWR said it, may also be something that the object names.
      if (now !== undefined && !(now && isGone(problem))) return { busy: false, error: null, now }
    }
    const isName = mayBeTaken.includes(problem.swr?.status ?? 0) && (await isTaken(body))
    const fields = { 'body.name': taken }
    return { busy: false, error: isName ? new ProblemError({ status: 422, code: 'invalid_request', fields }) : error }
  }

  return {
    ...state,
    forget: () => setState({ busy: false, error: null }),
    /** Busy for good after a success: what follows is another page. */
    run: async (body: Body, reason: string | undefined, done: (written: Written) => void) => {
      setState({ busy: true, error: null })
      try {
        done(await send(body, reason === undefined ? {} : { reason }))
      } catch (error) {
        setState(await explain(error, body))
      }
    },
  }
}
