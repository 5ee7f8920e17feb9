/*
 * The words of retention that requests and screens share. Free of the schema library, so that the browser can have them.
 */

/**
 * What a run would do with an image. `untouched`: no rule that is switched on concerns its repository. `unsure`: nobody can
 * tell beforehand; never counted as kept. Names are those of the public API.
 */
export const decisions = ['keep', 'delete', 'untouched', 'unsure'] as const
export type Decision = (typeof decisions)[number]

/**
 * Why a decision is `unsure`, or no rule's work. `tie`: pushed or pulled in the same second as others at the cut.
 * `immutable_versions`: an immutable tag rule holds it in some versions of the engine only. `pattern_error`: the engine may
 * give up on a pattern, or lose the error and let the other rules decide; or the order of an image's tags decides whether it
 * meets the flaw of a pattern, in an immutable tag rule as well. `engine_versions`: older engines read a pattern
 * otherwise. `rule_unreadable`: a rule says what the console does not know. `run_fails`: the engine gives up before it
 * deletes anything. `costly`: a pattern that takes too long to try. `time_unknown`: SWR says no time for it.
 */
export const decisionReasons = [
  'tie',
  'immutable_versions',
  'pattern_error',
  'engine_versions',
  'rule_unreadable',
  'run_fails',
  'costly',
  'time_unknown',
] as const
export type DecisionReason = (typeof decisionReasons)[number]

/** What stands out in what would be deleted. */
export const retentionWarnings = [
  /** Most images were never pulled: a rule that counts pulls tells little. */
  'never_pulled',
  /** All were pulled within the same hour, as by a scanner or a replication. */
  'pulled_at_once',
  /** `latest` or another name that moves goes. */
  'moving_tag',
  /** The newest image of a repository goes. */
  'newest',
  /** More than half of a repository goes. */
  'half',
  /** All of a repository goes. */
  'whole_repository',
  /** A rule keeps nothing, whatever there is. */
  'keeps_nothing',
  /** An image that runs somewhere goes. */
  'in_use',
] as const
export type RetentionWarning = (typeof retentionWarnings)[number]

/** What a table of decisions is narrowed to. `changed`: decided otherwise than by the rules that are saved. */
export const decisionFilters = ['all', 'delete', 'keep', 'unsure', 'untouched', 'changed', 'in_use', 'moving'] as const
export type DecisionFilter = (typeof decisionFilters)[number]

/** Days that one can look ahead. */
export const mostDaysAhead = 90

export const dryRunStates = ['running', 'done', 'failed'] as const
export type DryRunState = (typeof dryRunStates)[number]

/**
 * How a real run stands. `waiting`: a second admin has to agree; `copying`: what it deletes is copied to the archive;
 * `deleting`: SWR is at it and cannot be stopped; `refused`: a check failed, nothing was deleted; `unknown`: nobody can say
 * whether SWR was told to begin.
 */
export const retentionRunStates = [
  'checking',
  'waiting',
  'copying',
  'deleting',
  'done',
  'failed',
  'refused',
  'canceled',
  'unknown',
] as const
export type RetentionRunState = (typeof retentionRunStates)[number]

/** Why the lock before a real run, or before a schedule is switched on, is closed. */
export const lockReasons = [
  'no_dry_run',
  'dry_run_running',
  'dry_run_failed',
  /** It is of other rules, selectors or another trigger than those that are saved. */
  'content_changed',
  'dry_run_old',
  /** Immutable tag rules of the namespace are others than during the dry run. */
  'immutable_changed',
  /** A real run has deleted, or may have, since the dry run. */
  'run_since',
  /** Nobody has opened its verdicts. */
  'not_seen',
  'no_rules',
] as const
export type LockReason = (typeof lockReasons)[number]

/** Why a schedule is not left on, or not switched on: the lock, or the outcome, which nobody is there to accept or to agree to. */
export const armingReasons = [...lockReasons, 'in_use', 'in_use_old', 'above_ceiling', 'outdated'] as const
export type ArmingReason = (typeof armingReasons)[number]

/** What is not any more as it was shown to somebody who agrees to a deletion: with `retention_terms_changed`. */
export const changedTerms = ['terms_dry_run', 'terms_archive', 'terms_amount', 'terms_ceiling', 'terms_in_use'] as const
export type ChangedTerm = (typeof changedTerms)[number]

/** What else a real run is refused for; each is a problem's code, `retention_…`. */
export const runBlocks = ['outdated', 'in_use', 'in_use_old', 'above_ceiling', 'copy_failed'] as const
export type RunBlock = (typeof runBlocks)[number]

/** The copy of an image that a run deletes, in the archive. `unseen`: copied, and the archive cannot be listed from here. */
export const copyStates = ['none', 'waiting', 'copying', 'seen', 'unseen', 'failed', 'removed'] as const
export type CopyState = (typeof copyStates)[number]

export const restoreStates = ['none', 'waiting', 'copying', 'restored', 'unseen', 'failed'] as const
export type RestoreState = (typeof restoreStates)[number]

/** What SWR's own run said of an image. */
export const swrActions = ['keep', 'delete', 'immutable', 'error', 'unknown'] as const
export type SwrAction = (typeof swrActions)[number]

/** What became of what one admin asked for and another one has to confirm. `outdated`: it is not any more what was asked for. */
export const requestStates = ['waiting', 'confirmed', 'withdrawn', 'replaced', 'expired', 'outdated'] as const
export type RequestState = (typeof requestStates)[number]

/** What a retention rule of the Basic Edition counts: days, or tags. */
export const basicTemplates = ['date_rule', 'tag_rule'] as const
export type BasicTemplate = (typeof basicTemplates)[number]

/** Stands for an instance where limits are those of a connection's Basic Edition: no instance has this id. */
export const basicEdition = '-'
