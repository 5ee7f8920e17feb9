'use client'

import { X } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useEffect, useId, useRef, useState } from 'react'
import { GatedButton } from '@/components/shell/permission-button'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import type { SyncPlan, SyncTarget } from '@/lib/contract/console/sync'
import type { TargetIssue } from '../basket/basket'
import { Checks } from './checks'

const CreateOrganization = dynamic(() => import('./create-organization').then((module) => module.CreateOrganization))

const typingMs = 500

/** One target: its region, its organization, what was looked at before sending, and the way out of what blocks it. */
export function TargetCard({
  target,
  fallback,
  issue,
  isUnlisted,
  planned,
  isOld,
  onOrganization,
  onRemove,
  onRefresh,
}: {
  target: SyncTarget
  /** The organization of the tags, which is taken while none is typed. */
  fallback: string | null
  issue: TargetIssue | null
  isUnlisted: boolean
  planned: SyncPlan['targets'][number] | undefined
  isOld: boolean
  onOrganization: (organization: string) => void
  onRemove: () => void
  onRefresh: () => Promise<unknown>
}) {
  const t = useTranslations('sync.target')
  const f = useTranslations('field')
  const id = useId()
  const [creating, setCreating] = useState(false)
  const { region, organization } = target
  const isMissing = planned?.checks.some(({ code, state }) => code === 'organization' && state === 'blocked') ?? false
  const problem = issue === null ? null : issue === 'repeated' ? t('repeated') : f(issue)
  return (
    <section aria-label={region} className="rounded-lg border border-line bg-surface px-3 py-2.5">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1 basis-32">
          <span className="font-medium wrap-anywhere">{region}</span>
          {isUnlisted && <p className="text-warn text-xs">{t('unlisted')}</p>}
        </div>
        <div className="min-w-0 basis-52">
          <label htmlFor={id} className="mb-1 block w-fit text-ink-3 text-xs">
            {t('organization', { region })}
          </label>
          <OrganizationInput
            id={id}
            value={organization}
            placeholder={fallback ?? t('choose')}
            problem={problem}
            onChange={onOrganization}
          />
          {problem !== null && (
            <p id={`${id}-error`} className="mt-1 text-bad text-xs">
              {problem}
            </p>
          )}
          {problem === null && organization === '' && fallback !== null && (
            <p id={`${id}-hint`} className="mt-1 text-ink-3 text-xs">
              {t('same')}
            </p>
          )}
        </div>
        <Button look="ghost" size="icon" aria-label={t('remove', { region })} onClick={onRemove}>
          <X aria-hidden size={16} />
        </Button>
      </div>
      {planned && (
        <div aria-busy={isOld} className={isOld ? 'opacity-60' : undefined}>
          <Checks checks={planned.checks} />
          {isMissing && planned.connection !== null && (
            <div className="mt-2">
              <GatedButton operation="organizationCreate" onClick={() => setCreating(true)}>
                {t('create', { organization: planned.organization })}
              </GatedButton>
            </div>
          )}
          {creating && planned.connection !== null && (
            <CreateOrganization
              connection={planned.connection}
              target={planned}
              onDone={onRefresh}
              onClose={() => setCreating(false)}
            />
          )}
        </div>
      )}
    </section>
  )
}

/** Told when typing pauses: each change is a new plan. */
function OrganizationInput({
  id,
  value,
  placeholder,
  problem,
  onChange,
}: {
  id: string
  value: string
  placeholder: string
  problem: string | null
  onChange: (organization: string) => void
}) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [draft, setDraft] = useState({ text: value, for: value })
  // Changed by other means (another tab, a job that is sent again): that wins over what is typed.
  if (draft.for !== value) setDraft({ text: draft.text.trim() === value ? draft.text : value, for: value })
  useEffect(() => () => clearTimeout(timer.current), [])
  const type = (text: string, wait: number) => {
    clearTimeout(timer.current)
    setDraft({ text, for: value })
    timer.current = setTimeout(() => text.trim() !== value && onChange(text.trim()), wait)
  }
  return (
    <Input
      id={id}
      value={draft.text}
      placeholder={placeholder}
      maxLength={64}
      aria-invalid={problem === null ? undefined : true}
      aria-describedby={problem === null ? `${id}-hint` : `${id}-error`}
      onChange={({ target }) => type(target.value, typingMs)}
      onBlur={() => type(draft.text, 0)}
    />
  )
}
