import type { StatusKind } from '@/components/ui/status'
import type { RetentionImage, RetentionRun } from '@/lib/contract/console/retention-runs'
import type { RetentionRunState } from '@/lib/contract/console/retention-vocabulary'

export const stateKinds = {
  checking: 'busy',
  waiting: 'warn',
  copying: 'busy',
  deleting: 'busy',
  done: 'ok',
  failed: 'bad',
  refused: 'bad',
  canceled: 'off',
  unknown: 'warn',
} as const satisfies Record<RetentionRunState, StatusKind>

/** Until SWR is told to begin; then nobody can stop it. */
export const canCancel = ({ state }: Pick<RetentionRun, 'state'>) =>
  state === 'checking' || state === 'waiting' || state === 'copying'

/** What a run goes through, in its order. */
export const steps = ['checking', 'waiting', 'copying', 'deleting', 'done'] as const
export type Step = (typeof steps)[number]

/** The steps of a run: a second admin is asked above the ceiling only, and copies need an archive. */
export const stepsOf = ({ aboveCeiling, archive }: Pick<RetentionRun, 'aboveCeiling' | 'archive'>): readonly Step[] =>
  steps.filter((step) => (step === 'waiting' ? aboveCeiling : step === 'copying' ? archive !== null : true))

/** A copy is in the archive, seen there or not. */
export const hasCopy = ({ copy }: { readonly copy: string }) => copy === 'seen' || copy === 'unseen'

/** SWR was told to delete, or may have been: only SWR's answer says what is gone. */
export const mayHaveDeleted = ({ state, execution }: Pick<RetentionRun, 'state' | 'execution'>) =>
  state === 'deleting' || state === 'unknown' || state === 'done' || (state === 'failed' && execution !== null)

/** An ended run with copies, of which whatever is missing can be brought back. */
export const canRestore = (run: Pick<RetentionRun, 'state' | 'execution' | 'archive'>) =>
  run.archive !== null && run.state !== 'deleting' && mayHaveDeleted(run)

/** Whether an image is gone, or may be: what is still there is left alone when it is brought back. */
export const mayBeGone = ({ swr }: Pick<RetentionImage, 'swr'>) =>
  swr === 'delete' || swr === 'unknown' || swr === 'error'
