/*
 * The words of manual sync that requests and screens share. Free of the schema library, so that the browser can have them.
 */

/** What sending would do to one tag at one target. Names are those of the public API. */
export const planCodes = [
  'new',
  'same',
  'different',
  'source_missing',
  'organization_missing',
  'not_visible',
  'same_region',
  'blocked',
] as const
export type PlanCode = (typeof planCodes)[number]

/** What may be sent as it is planned; `same` only when it is wanted, `different` overwrites only when that is chosen. */
export const sendablePlans: readonly PlanCode[] = ['new', 'same', 'different', 'not_visible']

export const cellStates = [
  'waiting',
  'skipped',
  'sending',
  'reported',
  'verified',
  'unverifiable',
  'missing',
  'failed',
  'unknown',
  'canceled',
] as const
export type CellState = (typeof cellStates)[number]

/** May be sent once more. */
export const retryableCellStates: readonly CellState[] = ['missing', 'failed', 'unknown', 'canceled', 'unverifiable']

export const jobStates = ['running', 'paused', 'done', 'canceled'] as const
export type JobState = (typeof jobStates)[number]

/**
 * What is looked at before anything is sent: `image_sync` the feature gate of the source, `agency` the delegation that some
 * pages ask for, `region` whether SWR lists it, `same_region`, `organization` whether it exists there, `visible` whether a
 * connection of the console lists it, `quota` of the target, `cross_border` from mainland China to elsewhere.
 */
export const checkCodes = [
  'image_sync',
  'agency',
  'region',
  'same_region',
  'organization',
  'visible',
  'quota',
  'cross_border',
] as const
export const checkStates = ['ok', 'warning', 'blocked', 'unknown'] as const
export type CheckState = (typeof checkStates)[number]

/** Largest numbers of one request and of one job. */
export const maxPastedLines = 500
export const maxSyncTags = 10_000
export const maxSyncTargets = 10
export const maxSyncCells = 20_000
/** A job of so few cells overtakes larger ones between two calls. */
export const smallJobCells = 5

/** How a cell is sent: not at all, without overwriting, or overwriting what has the same name there. */
export const sendModes = ['leave', 'send', 'overwrite'] as const
export type SendMode = (typeof sendModes)[number]

/** `ambiguous`: a digest that several tags have, or a name without organization that several organizations have. */
export const lineStates = ['found', 'unknown', 'ambiguous', 'unreadable', 'repeated'] as const
export type LineState = (typeof lineStates)[number]
