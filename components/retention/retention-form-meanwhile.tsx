'use client'

import { ConflictDialog } from '@/components/form/conflict-dialog'
import { ConflictGone } from '@/components/form/conflict-gone'
import type { Retention } from '@/lib/contract/retention'
import { type RetentionDraft, toForm } from '@/lib/policy/retention'
import { retentionQuestions } from '@/lib/policy/retention-merge'
import { contested, merged } from '@/lib/policy/three-way'

function words(draft: RetentionDraft, { name, fields }: (typeof retentionQuestions)[number]): string | boolean {
  if (name === 'enabled') return draft.enabled
  return fields
    .map((field) => draft[field])
    .filter(Boolean)
    .join(' · ')
}

/** Nothing was saved because the policy is not what the form was opened on: mixes both. A new one cannot be made here. */
export function RetentionMeanwhile({
  opened,
  now,
  mine,
  onMerged,
  onClose,
}: {
  opened: Retention
  /** Null when it is gone. */
  now: Retention | null
  mine: RetentionDraft
  onMerged: (draft: RetentionDraft) => void
  onClose: () => void
}) {
  const name = opened.name ?? `#${opened.id}`
  if (now === null) return <ConflictGone name={name} onClose={onClose} />
  const sides = { opened: toForm(opened), now: toForm(now), mine }
  const conflicts = contested(retentionQuestions, sides).map(({ question, side }) => ({
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
          merged(
            sides,
            retentionQuestions.filter((question) => taken.includes(question.name)),
          ),
        )
      }
      onClose={onClose}
    />
  )
}
