import type { UseFormReturn } from 'react-hook-form'
import type { ReplicationDraft, ReplicationValues } from '@/lib/policy/replication/form'

/** The form of a replication policy, as its parts get it. */
export type ReplicationFormApi = UseFormReturn<ReplicationDraft, unknown, ReplicationValues>
