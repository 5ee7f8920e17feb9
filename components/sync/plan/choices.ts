import type { ConsoleInput } from '@/lib/contract/console/schemas'
import type { PlanReason, SyncPlan } from '@/lib/contract/console/sync'
import type { PlanCode, SendMode } from '@/lib/contract/console/sync-vocabulary'

/** What a person has chosen for single cells; known by names, so that a new plan keeps it. */
export type Choices = ReadonlyMap<string, SendMode>

export interface PlanCell {
  readonly plan: PlanCode
  readonly mode: SendMode
  /** Digest at the target, where it differs. */
  readonly there: string
  /** Why the source or the target could not be listed. */
  readonly reason: PlanReason | null
}

/** Nothing is overwritten and nothing sent twice unless it is chosen. */
const presets: Partial<Record<PlanCode, SendMode>> = {
  new: 'send',
  not_visible: 'send',
  same: 'leave',
  different: 'leave',
}

/** What may be chosen for a cell; nothing for one that cannot be sent. What is not seen may be there with another digest. */
const allowed: Partial<Record<PlanCode, readonly SendMode[]>> = {
  new: ['leave', 'send'],
  same: ['leave', 'send'],
  different: ['leave', 'overwrite'],
  not_visible: ['leave', 'send', 'overwrite'],
}

export const modesOf = (plan: PlanCode): readonly SendMode[] => allowed[plan] ?? []

const nameOf = (plan: SyncPlan, row: number, column: number) => {
  const [image, target] = [plan.rows[row], plan.targets[column]]
  return `${image?.repository}:${image?.tag} ${target?.region}/${target?.organization}`
}

export function modeOf(plan: SyncPlan, choices: Choices, row: number, column: number): SendMode {
  const code = plan.rows[row]?.plans[column]
  if (code === undefined) return 'leave'
  const chosen = choices.get(nameOf(plan, row, column))
  return chosen !== undefined && modesOf(code).includes(chosen) ? chosen : (presets[code] ?? 'leave')
}

/** Cells of a row for the grid. */
export const planCells = (plan: SyncPlan, choices: Choices, row: number): readonly PlanCell[] =>
  plan.rows[row]?.plans.map((code, column) => ({
    plan: code,
    mode: modeOf(plan, choices, row, column),
    there: plan.rows[row]?.there[column] ?? '',
    reason: plan.rows[row]?.reasons[column] ?? null,
  })) ?? []

const codeOf = (plan: SyncPlan, cell: number) =>
  plan.rows[Math.floor(cell / plan.targets.length)]?.plans[cell % plan.targets.length]

/** Which of some cells a mode can be chosen for. */
export const applicable = (plan: SyncPlan, cells: Iterable<number>, mode: SendMode): number[] =>
  [...cells].filter((cell) => {
    const code = codeOf(plan, cell)
    return code !== undefined && modesOf(code).includes(mode)
  })

export function choose(plan: SyncPlan, choices: Choices, cells: readonly number[], mode: SendMode): Choices {
  const next = new Map(choices)
  for (const cell of cells)
    next.set(nameOf(plan, Math.floor(cell / plan.targets.length), cell % plan.targets.length), mode)
  return next
}

/** Cells of a kind. */
export const cellsWith = (plan: SyncPlan, code: PlanCode): number[] =>
  plan.rows.flatMap(({ plans }, row) =>
    plans.flatMap((each, column) => (each === code ? [row * plan.targets.length + column] : [])),
  )

export interface Totals {
  /** Tags that go anywhere, and targets that anything goes to. */
  readonly tags: number
  readonly targets: number
  readonly cells: number
  /** Once for each target. */
  readonly bytes: number
  readonly overwrites: number
  /** By kind, over all cells. */
  readonly plans: Readonly<Partial<Record<PlanCode, number>>>
}

export function totalsOf(plan: SyncPlan, choices: Choices): Totals {
  const plans: Partial<Record<PlanCode, number>> = {}
  const used = new Set<number>()
  let [tags, cells, bytes, overwrites] = [0, 0, 0, 0]
  for (const [row, image] of plan.rows.entries()) {
    const sent = image.plans.flatMap((code, column) => {
      plans[code] = (plans[code] ?? 0) + 1
      const mode = modeOf(plan, choices, row, column)
      if (mode === 'overwrite') overwrites += 1
      return mode === 'leave' ? [] : [column]
    })
    for (const column of sent) used.add(column)
    if (sent.length > 0) tags += 1
    cells += sent.length
    bytes += sent.length * image.size
  }
  return { tags, targets: used.size, cells, bytes, overwrites, plans }
}

/** What is overwritten, by target: consequences of a job before it is started. */
export const overwritesByTarget = (plan: SyncPlan, choices: Choices) =>
  plan.targets.flatMap((target, column) => {
    const images = plan.rows.filter((_, row) => modeOf(plan, choices, row, column) === 'overwrite')
    return images.length > 0 ? [{ target, images }] : []
  })

/** Targets that nothing is sent to as long as they have no organization. */
export const heldUpTargets = ({ targets, rows }: SyncPlan) =>
  targets.filter((_, column) => rows.some(({ plans }) => plans[column] === 'organization_missing'))

/** Images that nothing is sent of though it could be, held-up targets aside: they are there already, or left by choice. */
export function settledImages(plan: SyncPlan, choices: Choices) {
  const heldUp = new Set(heldUpTargets(plan))
  return plan.rows.filter(({ plans }, row) =>
    plan.targets.every((target, column) => {
      const code = plans[column]
      const isLeft = code !== undefined && modesOf(code).length > 0 && modeOf(plan, choices, row, column) === 'leave'
      return isLeft || (code === 'organization_missing' && heldUp.has(target))
    }),
  )
}

/** The job as it is sent: targets and rows that something happens to. */
export function jobBody(plan: SyncPlan, choices: Choices): ConsoleInput<'syncJobStart'>['body'] {
  const used = plan.targets.flatMap((_, column) =>
    plan.rows.some((_, row) => modeOf(plan, choices, row, column) !== 'leave') ? [column] : [],
  )
  return {
    targets: used.flatMap((column) => {
      const target = plan.targets[column]
      return target ? [{ region: target.region, organization: target.organization, connection: target.connection }] : []
    }),
    rows: plan.rows.flatMap(({ repository, tag, digest, size, plans: all }, row) => {
      const send = used.map((column) => modeOf(plan, choices, row, column))
      const plans = used.flatMap((column) => all[column] ?? [])
      return send.some((mode) => mode !== 'leave') ? [{ repository, tag, digest, size, send, plans }] : []
    }),
  }
}
