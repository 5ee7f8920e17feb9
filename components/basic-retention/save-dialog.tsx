'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { ReasonField } from '@/components/form/reason-field'
import { useTypedName } from '@/components/form/typed-name'
import { DialogProblem } from '@/components/shell/dialog-problem'
import { ReasonedButton } from '@/components/shell/permission-button'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Chip } from '@/components/ui/code'
import { Dialog, DialogFoot } from '@/components/ui/dialog'
import { Checkbox } from '@/components/ui/input'
import { notify } from '@/components/ui/toast-store'
import { useBytes } from '@/components/ui/use-format-bytes'
import type { BasicDecisions, BasicRule } from '@/lib/contract/console/basic-retention'
import { useApiWrite } from '@/lib/query/client'
import { routes } from '@/lib/routes'
import type { BasicPlace } from './queries'

const fewNames = 10

/** Saving deletes at once: what goes is repeated, and the repository typed. */
export function SaveDialog({
  place: { connection, organization, repository },
  rule,
  was,
  decisions,
  onSaved,
  onClose,
}: {
  place: BasicPlace
  rule: BasicRule
  /** What is changed; null for a new rule. */
  was: string | null
  decisions: BasicDecisions
  onSaved: () => void
  onClose: () => void
}) {
  const t = useTranslations('basicRetention')
  const c = useTranslations('common')
  const bytes = useBytes()
  const [acceptInUse, setAcceptInUse] = useState(false)
  const [reason, setReason] = useState('')
  const save = useApiWrite('basicRetentionSave', {
    stale: ['basicRetentionShow', 'basicRetentionDecide', 'basicRetentionLogShow'],
  })
  const name = `${organization}/${repository}`
  const typed = useTypedName(name, { label: t('ask.typed', { name }), differs: t('ask.differs') })
  const doomed = decisions.images.filter(({ decision }) => decision === 'delete')
  const running = doomed.filter(({ inUse }) => inUse.length > 0)
  const blocked =
    running.length === 0
      ? undefined
      : !acceptInUse
        ? t('ask.inUseOpen')
        : reason.trim() === ''
          ? t('ask.reasonNeeded')
          : undefined
  const confirm = () => {
    if (save.isPending || !typed.check()) return
    // What was saved opens the form anew: by then this dialog is gone, and only the promise still tells of it.
    save
      .mutateAsync({
        params: { connection },
        body: { organization, repository, rule, was, decided: decisions.hash, confirm: name, acceptInUse },
        ...(reason.trim() && { reason: reason.trim() }),
      })
      .then(
        () => {
          notify({ tone: 'ok', text: t('saved', { name }) })
          onSaved()
        },
        // Shown by the dialog.
        () => undefined,
      )
  }
  return (
    <Dialog title={t('ask.title', { count: decisions.delete, name })} onClose={onClose} wide>
      <p>{t('ask.text')}</p>
      <Note tone={doomed.length > 0 ? 'bad' : 'info'} className="mt-3">
        <p className="font-medium text-base">{t('total', { count: decisions.delete, size: bytes(decisions.bytes) })}</p>
        <p>{t('kept', { keep: decisions.keep, unsure: decisions.unsure })}</p>
        {doomed.length > 0 && (
          <p className="mt-1 flex flex-wrap gap-1.5">
            {doomed.slice(0, fewNames).map(({ tag }) => (
              <Chip key={tag}>{tag}</Chip>
            ))}
            {doomed.length > fewNames && t('ask.more', { count: doomed.length - fewNames })}
          </p>
        )}
      </Note>
      {running.length > 0 && (
        <RunningNote names={running.map(({ tag }) => tag)} accepted={acceptInUse} onAccept={setAcceptInUse} />
      )}
      {typed.field}
      <ReasonField value={reason} onChange={setReason} />
      <DialogFoot notice={save.error ? <DialogProblem error={save.error} /> : null}>
        <Button onClick={onClose}>{c('cancel')}</Button>
        <ReasonedButton
          look="danger"
          reason={blocked}
          aria-busy={save.isPending}
          aria-disabled={save.isPending || blocked !== undefined}
          onClick={confirm}
        >
          {t('ask.act', { count: decisions.delete })}
        </ReasonedButton>
      </DialogFoot>
    </Dialog>
  )
}

/** Who saves is an admin: a reason opens the way. */
function RunningNote({
  names,
  accepted,
  onAccept,
}: {
  names: readonly string[]
  accepted: boolean
  onAccept: (accepted: boolean) => void
}) {
  const t = useTranslations('basicRetention')
  const id = useId()
  return (
    <Note tone="bad" className="mt-3">
      <p className="font-medium text-base">{t('ask.inUse', { count: names.length })}</p>
      <p className="mt-1 flex flex-wrap gap-1.5">
        {names.slice(0, fewNames).map((name) => (
          <Chip key={name}>{name}</Chip>
        ))}
      </p>
      <p className="mt-1">
        {t.rich('ask.ways', {
          clusters: (text) => (
            <Link href={routes.inUse()} prefetch={false} className="underline">
              {text}
            </Link>
          ),
        })}
      </p>
      <label htmlFor={id} className="mt-2 flex items-start gap-2 text-ink">
        <Checkbox id={id} checked={accepted} onChange={({ target }) => onAccept(target.checked)} className="mt-0.5" />
        {t('ask.accept')}
      </label>
    </Note>
  )
}
