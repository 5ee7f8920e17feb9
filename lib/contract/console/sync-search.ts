import { z } from 'zod'
import { moment } from '../freshness'
import { lineStates, maxPastedLines } from './sync-vocabulary'

/* How tags are found that a job of manual sync is to send: by pasted lines and by patterns. */

/** `organization/repository`. */
export const repositoryPath = z.string().min(3).max(256)

export const syncImage = z.object({
  /** `organization/repository`. */
  repository: z.string(),
  tag: z.string(),
  digest: z.string(),
  /** Bytes. */
  size: z.number(),
  /** As SWR writes it; empty when it says nothing. */
  updated: z.string(),
})
export type SyncImage = z.output<typeof syncImage>

export const syncReferenceRead = {
  // A line of any length is answered by itself, and does not refuse the others.
  body: z.strictObject({ lines: z.array(z.string()).min(1).max(maxPastedLines) }),
  response: z.object({
    /** When the lists were read. */
    at: moment,
    /** One for each line that is not blank, by its place from 0. */
    lines: z.array(
      z.object({
        line: z.number(),
        state: z.enum(lineStates),
        /** Why it cannot be read or found, as a code with a text on screen. */
        reason: z.string().nullable(),
        images: z.array(syncImage),
      }),
    ),
  }),
}

export const syncTagSearch = {
  body: z.strictObject({
    /** Patterns in the words of the rest of the console; the repository's with its organization. */
    repository: z.string().min(1).max(512),
    tag: z.string().max(512),
    /** Goes on behind this repository; see `next`. */
    after: repositoryPath.optional(),
  }),
  response: z.object({
    at: moment,
    /** As many as a job takes at most. */
    images: z.array(syncImage.pick({ repository: true, tag: true, size: true })),
    /** Of all that match in what was looked through, also those that are not in `images`. */
    total: z.number(),
    /** False when something that was looked through could not be read whole. */
    complete: z.boolean(),
    /** Repositories with a tag that matches. */
    repositories: z.number(),
    /** Repositories whose name matches: `seen` of them have been looked through by now, those before `after` included. */
    matching: z.object({ seen: z.number(), all: z.number() }),
    /** The `after` of the next question; null: everything has been looked through. */
    next: z.string().nullable(),
  }),
}
