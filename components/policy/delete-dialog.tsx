'use client'

import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { ReasonField } from '@/components/form/reason-field'
import { Confirm } from '@/components/shell/confirm'
import { Note } from '@/components/ui/alert'
import { notify } from '@/components/ui/toast-store'
import type { ProblemError } from '@/lib/contract/problem'
import { foundInstead } from '@/lib/query/client'

interface StoredPolicy {
  readonly id?: number | undefined
  readonly name?: string | undefined
  readonly content_hash: string
}

interface Deletion<Policy> {
  readonly isPending: boolean
  readonly error: unknown
  readonly mutate: (
    policy: Policy,
    reason: string | undefined,
    then: { readonly onError: (error: ProblemError) => void; readonly onSuccess: () => void },
  ) => void
}

/** Deletes a policy after a plain confirmation: it can be made again from its fields, and no image goes with it. */
export function DeletePolicy<Policy extends StoredPolicy>({
  policy: opened,
  words,
  list,
  recreate,
  deletion,
  onClose,
  lead,
  children,
}: {
  policy: Policy
  words: {
    readonly title: (name: string) => string
    readonly act: string
    readonly done: (name: string) => string
    readonly recreate: string
  }
  /** Where the other policies are. */
  list: Route
  /** Where a policy is made again by its id. */
  recreate: (id: string) => Route
  deletion: Deletion<Policy>
  onClose: () => void
  lead: ReactNode
  /** What the policy says and what ends with it. */
  children: (policy: Policy) => ReactNode
}) {
  const f = useTranslations('form')
  // What is shown is what will be deleted: after a change by somebody else it is shown anew before it can be.
  const [policy, setPolicy] = useState(opened)
  const [reason, setReason] = useState('')
  const router = useRouter()
  const { id } = policy
  const name = policy.name ?? `#${id}`
  const confirm = () =>
    deletion.mutate(policy, reason.trim() || undefined, {
      onError: ({ problem }) => {
        const found = problem.code === 'changed_meanwhile' && foundInstead<Policy>(problem)
        if (found) setPolicy(found)
      },
      onSuccess: () => {
        notify({
          tone: 'ok',
          text: words.done(name),
          ...(id !== undefined && {
            action: { label: words.recreate, run: () => router.push(recreate(String(id))) },
          }),
        })
        onClose()
        // From the policy's own page there is nothing to stay for; on the list this changes nothing.
        if (window.location.pathname !== list) router.push(list)
      },
    })
  return (
    <Confirm
      title={words.title(name)}
      act={{ label: words.act, look: 'danger' }}
      mutation={deletion}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>{lead}</p>
      {policy !== opened && (
        <Note tone="warn" className="mt-2">
          {f('conflict.deleted')}
        </Note>
      )}
      <div className="mt-2">{children(policy)}</div>
      <ReasonField value={reason} onChange={setReason} />
    </Confirm>
  )
}
