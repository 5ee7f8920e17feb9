import type { RunFailureCause } from '../../contract/v1/replication'

/** Why something of a run was not copied, in English as the rest of the public API. The remote side is a source where a policy pulls. */
export const failureTexts: Readonly<Record<RunFailureCause, string>> = {
  credential: 'The remote registry rejected the credential',
  namespace_missing: 'The namespace does not exist at the target',
  name_rejected: 'The target rejected the name',
  quota: 'The quota of the target is exceeded',
  network: 'The remote registry cannot be reached',
  manifest_kind: 'The target does not support this type of image',
  image_index: 'The target does not accept image indexes',
  gone_at_source: 'The image is gone at the source',
  immutable: 'The tag exists at the target and is immutable',
  registry_missing: 'The registry of the policy no longer exists',
  other: 'See the message of SWR',
  not_started: 'It was not started',
  not_selected: 'The policy does not take it',
  nothing_matched: 'Nothing matched when it was started',
  unclear: 'Nobody can say how it ended',
}
