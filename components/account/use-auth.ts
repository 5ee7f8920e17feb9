import { useMutation } from '@tanstack/react-query'
import type { ProblemError } from '@/lib/contract/problem'
import { requestAuth } from '@/lib/query/auth'

/** One act of signing in or setting a password. Busy for good after a success: what follows is another page. */
export function useAuth<Body extends object>(path: string, done: (answer: unknown, body: Body) => void) {
  const act = useMutation<unknown, ProblemError, Body>({
    mutationFn: (body) => requestAuth(path, body),
    onSuccess: done,
  })
  return { act, busy: act.isPending || act.isSuccess }
}
