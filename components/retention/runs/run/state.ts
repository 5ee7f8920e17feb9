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
const hasCopy = ({ copy }: { readonly copy: string }) => copy === 'seen' || copy === 'unseen'

/** SWR was told to delete, or may have been: only SWR's answer says what is gone. */
export const mayHaveDeleted = ({ state, execution }: Pick<RetentionRun, 'state' | 'execution'>) =>
  state === 'deleting' || state === 'unknown' || state === 'done' || (state === 'failed' && execution !== null)

/** An ended run with copies, of which whatever is missing can be brought back. */
export const canRestore = (run: Pick<RetentionRun, 'state' | 'execution' | 'archive'>) =>
  run.archive !== null && run.state !== 'deleting' && mayHaveDeleted(run)

/** Whether an image is gone, or may be: what is still there is left alone when it is brought back. */
const mayBeGone = ({ swr }: Pick<RetentionImage, 'swr'>) => swr === 'delete' || swr === 'unknown' || swr === 'error'

/** Whether it can be chosen: it may be gone, has a copy, and is neither back nor on its way. */
export const isRestorable = (image: Pick<RetentionImage, 'swr' | 'copy' | 'restore'>) =>
  mayBeGone(image) && hasCopy(image) && (image.restore === 'none' || image.restore === 'failed')

/** SWR has ended it, or is given up on, and has not deleted all that it was to. */
export const isPartial = ({
  state,
  failure,
  execution,
  left,
}: Pick<RetentionRun, 'state' | 'failure' | 'execution' | 'left'>) =>
  (state === 'failed' && execution !== null) ||
  (state === 'done' && (failure !== null || left.failed.images + left.unknown.images > 0))

/** Images of each filter, as far as that is known. */
export function imageCounts(
  run: Pick<RetentionRun, 'state' | 'execution' | 'planned' | 'deleted' | 'left'>,
): Readonly<Partial<Record<'delete' | 'keep' | 'unknown' | 'all', number>>> {
  if (!mayHaveDeleted(run)) return { all: run.planned.images }
  const { deleted, left } = run
  // While SWR deletes it has not said what.
  if (run.state === 'deleting' || run.state === 'unknown') return deleted.images > 0 ? { delete: deleted.images } : {}
  return { delete: deleted.images, keep: left.kept.images, unknown: left.failed.images + left.unknown.images }
}

/** They are worked out anew when the run begins, and entered when it copies: one that was ended before has none. */
export const hasNoImages = ({ state, execution, copies }: Pick<RetentionRun, 'state' | 'execution' | 'copies'>) =>
  execution === null && copies.total === 0 && state !== 'copying' && !mayHaveDeleted({ state, execution })

/** How what was asked to come back stands; null before anything was. */
export function restoreState({ done, failed, waiting }: RetentionRun['restores']) {
  if (waiting > 0) return 'moving'
  if (failed > 0) return done > 0 ? 'partly' : 'none'
  return done > 0 ? 'done' : null
}
