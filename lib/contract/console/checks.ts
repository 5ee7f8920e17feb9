import { z } from 'zod'
import { freshness } from '../freshness'
import { findingKinds } from '../vocabulary'

const finding = z.object({
  kind: z.enum(findingKinds),
  /**
   * The policies it is about; a draft that has no id yet is 0. The one that overwrites comes first in `different_override`,
   * the one that pushes in `event_circle`.
   */
  policies: z.array(z.object({ id: z.number(), name: z.string() })),
  registry: z.object({ id: z.number(), name: z.string() }).nullable(),
  retention: z.object({ namespace: z.string(), id: z.number(), name: z.string() }).nullable(),
  /** The policy of another instance that copies back, for `event_circle`. */
  elsewhere: z.object({ connection: z.string(), instance: z.string(), id: z.number(), name: z.string() }).nullable(),
  /** From the real lists, the first few: repositories, destinations or tags. */
  examples: z.array(z.string()),
  /** Of all that `examples` are taken from. */
  count: z.number(),
  /** For `too_often`, in seconds; for `hanging_run` how long nothing has moved. */
  interval: z.number().nullable(),
  usual: z.number().nullable(),
})
export type Finding = z.output<typeof finding>

/** A finding as it is listed: with a name of its own, and with who has accepted it and why. */
const listedFinding = finding.extend({
  id: z.string(),
  muted: z.object({ reason: z.string(), actorName: z.string(), at: z.iso.datetime() }).nullable(),
})
export type ListedFinding = z.output<typeof listedFinding>

const findingName = z.string().min(1).max(2_000)
export const muteBody = z.strictObject({ finding: findingName, reason: z.string().trim().min(1).max(500) })
export const unmuteBody = z.strictObject({ finding: findingName })

/** What checks look at. `time`: they were stopped because they took too long. */
export const checkSections = ['policies', 'registries', 'retentions', 'images', 'runs', 'targets', 'time'] as const
export type CheckPart = (typeof checkSections)[number]

export const findings = freshness.extend({
  findings: z.array(listedFinding),
  /** Further ones that are not named. */
  more: z.number(),
  looked: z.object({
    policies: z.number(),
    registries: z.number(),
    retentions: z.number(),
    repositories: z.number(),
    tags: z.number(),
  }),
  /** What is not known in full. */
  unread: z.array(z.enum(checkSections)),
  /** Why, as a problem's code. */
  problem: z.string().nullable(),
})
export type Findings = z.output<typeof findings>
