'use client'

import { ConflictDialog } from '@/components/form/conflict-dialog'
import { ConflictGone } from '@/components/form/conflict-gone'
import type { Replication } from '@/lib/contract/replication'
import { type ReplicationDraft, toForm } from '@/lib/policy/replication'
import { comparable, mergedReplication, replicationQuestions } from '@/lib/policy/replication-merge'
import { contested } from '@/lib/policy/three-way'

function words(draft: ReplicationDraft, { name, fields }: (typeof replicationQuestions)[number]): string | boolean {
  if (name === 'override' || name === 'enabled') return draft[name]
  if (name === 'remote') return [draft.direction, draft.registry && `#${draft.registry}`].filter(Boolean).join(' · ')
  if (name === 'others') return draft.others.map(({ type, value }) => `${type} ${value}`).join(' · ')
  return fields
    .map((field) => draft[field])
    .filter(Boolean)
    .join(' · ')
}

/** Nothing was saved because the policy is not what the form was opened on: mixes both, or offers to make it again. */
export function ReplicationMeanwhile({
  opened,
  now,
  mine,
  onMerged,
  onAgain,
  onClose,
}: {
  opened: Replication
  /** Null when it is gone. */
  now: Replication | null
  mine: ReplicationDraft
  onMerged: (draft: ReplicationDraft) => void
  onAgain: () => void
  onClose: () => void
}) {
  const name = opened.name ?? `#${opened.id}`
  if (now === null) return <ConflictGone name={name} onAgain={onAgain} onClose={onClose} />
  const sides = { opened: comparable(toForm(opened)), now: comparable(toForm(now)), mine: comparable(mine) }
  const conflicts = contested(replicationQuestions, sides).map(({ question, side }) => ({
    name: question.name,
    opened: words(sides.opened, question),
    now: words(sides.now, question),
    mine: words(sides.mine, question),
    side,
  }))
  return (
    <ConflictDialog
      name={name}
      conflicts={conflicts}
      onMerge={(taken) =>
        onMerged(
          mergedReplication(
            sides,
            replicationQuestions.filter((question) => taken.includes(question.name)),
          ),
        )
      }
      onClose={onClose}
    />
  )
}
