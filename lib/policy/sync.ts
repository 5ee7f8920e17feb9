import * as z from 'zod/mini'
import type { SwrInput } from '../contract/swr/schemas'
import { organizationName } from '../contract/vocabulary'

export const syncForm = z.object({
  organization: z.string().check(z.minLength(1, 'required')),
  repository: z.string().check(z.minLength(1, 'required')),
  tags: z.array(z.string().check(z.minLength(1, 'required'))).check(z.minLength(1, 'tags_none')),
  region: z.string().check(z.trim(), z.minLength(1, 'required')),
  /** Organization in the target region; it has to exist there. */
  target: z.string().check(
    z.trim(),
    z.minLength(1, 'required'),
    z.maxLength(64, 'too_long'),
    z.refine((name) => name === '' || name.length > 64 || organizationName.test(name), 'organization_characters'),
  ),
  override: z.boolean(),
})

export type SyncDraft = z.input<typeof syncForm>
export type SyncValues = z.output<typeof syncForm>
export type SyncBody = SwrInput<'manualSync'>['body']

/** Nothing is overwritten unless asked for, as SWR's own default has it. */
export const blankSync = (from: { organization?: string; repository?: string } = {}): SyncDraft => ({
  organization: from.organization ?? '',
  repository: from.repository ?? '',
  tags: [],
  region: '',
  target: '',
  override: false,
})

export const syncParams = ({ organization, repository }: SyncValues): SwrInput<'manualSync'>['params'] => ({
  namespace: organization,
  repository,
})

export const toBody = ({ tags, override, target, region }: SyncValues): SyncBody => ({
  imageTag: tags,
  override,
  remoteNamespace: target,
  remoteRegionId: region,
})

/**
 * What a successful answer can be taken to mean (docs/swr-api.md section 11). The documentation calls the tags in it both copied and
 * failed: named tags are neither, and only a look at the target tells. `accepted` = no failure was reported.
 */
export const readSyncAnswer = (tags: readonly string[]): 'accepted' | 'named' =>
  tags.length === 0 ? 'accepted' : 'named'
