'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { InUseNote, useInUseConsent } from '@/components/deletion/in-use-consent'
import { ReasonField } from '@/components/form/reason-field'
import { useTypedName } from '@/components/form/typed-name'
import { NoOtherAdmin } from '@/components/retention-limits/no-other-admin'
import { ReasonedButton } from '@/components/shell/permission-button'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Dialog, DialogFoot } from '@/components/ui/dialog'
import { notify } from '@/components/ui/toast-store'
import type { BasicDecisions, BasicRule } from '@/lib/contract/console/basic-retention'
import { useApiWrite } from '@/lib/query/client'
import { routes } from '@/lib/routes'
import { DoomedTags, fewNames } from './doomed-tags'
import { type BasicPlace, staleRule } from './queries'
import { SaveProblem } from './save-problem'
import { DecidedWarnings, goingOf } from './verdicts'

/** All that is agreed to; when any of it changes, it is agreed to anew. */
const saidBy = ({ hash, complete, images, old, warnings, aboveCeiling }: BasicDecisions) =>
  JSON.stringify([
    hash,
    complete,
    aboveCeiling,
    old,
    warnings,
    images.flatMap(({ tag, inUse }) => (inUse.length > 0 ? [tag, inUse] : [])),
  ])

interface Question {
  readonly place: BasicPlace
  readonly rule: BasicRule
  /** What is changed; null for a new rule. */
  readonly was: string | null
  readonly decisions: BasicDecisions
  /** Why the verdicts are not to be relied on; undefined when they are. */
  readonly unsafe: string | undefined
  readonly otherAdmins: number
  readonly onSaved: (isAsked: boolean) => void
  readonly onClose: () => void
}

/** Saving deletes at once: what goes is repeated and held as long as the question is open, and the repository typed. */
export function SaveDialog({ decisions, ...question }: Question) {
  const t = useTranslations('basicRetention')
  const [shown, setShown] = useState(decisions)
  const [isChanged, setChanged] = useState(false)
  const [reason, setReason] = useState('')
  const save = useApiWrite('basicRetentionSave', { stale: staleRule })
  if (saidBy(decisions) !== saidBy(shown) && !save.isPending && !save.isSuccess) {
    setShown(decisions)
    setChanged(true)
  }
  const { organization, repository } = question.place
  const said = { count: goingOf(shown), name: `${organization}/${repository}` }
  return (
    <Dialog title={t(shown.unsure > 0 ? 'ask.titleUpTo' : 'ask.title', said)} onClose={question.onClose} wide>
      <SaveQuestion
        // What was typed and accepted was for what stood there then.
        key={saidBy(shown)}
        {...question}
        decisions={shown}
        isChanged={isChanged}
        save={save}
        reason={reason}
        onReason={setReason}
      />
    </Dialog>
  )
}

function SaveQuestion({
  place: { connection, organization, repository },
  rule,
  was,
  decisions,
  unsafe,
  otherAdmins,
  isChanged,
  save,
  reason,
  onReason,
  onSaved,
  onClose,
}: Question & {
  readonly isChanged: boolean
  readonly save: ReturnType<typeof useApiWrite<'basicRetentionSave'>>
  readonly reason: string
  readonly onReason: (text: string) => void
}) {
  const t = useTranslations('basicRetention')
  const c = useTranslations('common')
  const name = `${organization}/${repository}`
  const typed = useTypedName(name, { label: t('ask.typed', { name }), differs: t('ask.differs') })
  const count = goingOf(decisions)
  const doomed = decisions.images.filter(({ decision }) => decision !== 'keep')
  const running = doomed.filter(({ inUse }) => inUse.length > 0)
  const isUsed = running.length > 0 || decisions.old.length > 0
  // Who saves is an admin.
  const consent = useInUseConsent({ isInUse: isUsed, subject: decisions.hash, isAdmin: true, reason })
  const blocked = unsafe ?? consent.missing
  const confirm = () => {
    if (save.isPending || blocked !== undefined || !typed.check()) return
    // What was saved opens the form anew: by then this dialog is gone, and only the promise still tells of it.
    save
      .mutateAsync({
        params: { connection },
        body: {
          organization,
          repository,
          rule,
          was,
          decided: decisions.hash,
          confirm: name,
          acceptInUse: consent.accepted,
          ask: decisions.aboveCeiling,
        },
        ...(reason.trim() && { reason: reason.trim() }),
      })
      .then(
        () => {
          notify({ tone: 'ok', text: t(decisions.aboveCeiling ? 'request.sent' : 'saved', { name }) })
          onSaved(decisions.aboveCeiling)
        },
        // Shown by the dialog.
        () => undefined,
      )
  }
  return (
    <>
      {isChanged && (
        <Note tone="warn" role="alert" className="mb-3">
          {t('ask.changed')}
        </Note>
      )}
      <p>{t('ask.text')}</p>
      <DoomedTags decisions={decisions} />
      <DecidedWarnings decisions={decisions} />
      {isUsed && (
        <InUseNote
          headline={running.length > 0 ? t('ask.inUse', { count: running.length }) : undefined}
          examples={running.slice(0, fewNames).map(({ tag }) => tag)}
          expired={
            decisions.old.length > 0
              ? t('ask.old', { clusters: decisions.old.join(', '), count: decisions.old.length })
              : undefined
          }
          ways={t.rich('ask.ways', {
            clusters: (text) => (
              <Link href={routes.inUse()} prefetch={false} className="underline">
                {text}
              </Link>
            ),
          })}
          consent={consent}
        />
      )}
      {decisions.aboveCeiling && (
        <>
          <Note tone="warn" className="mt-3">
            <p className="font-medium text-base">{t('ask.ceiling')}</p>
            <p className="mt-0.5">{t('ask.ceilingText')}</p>
          </Note>
          {otherAdmins === 0 && <NoOtherAdmin />}
        </>
      )}
      {typed.field}
      <ReasonField value={reason} onChange={onReason} />
      <DialogFoot notice={save.error ? <SaveProblem error={save.error} /> : null}>
        <Button onClick={onClose}>{c('cancel')}</Button>
        <ReasonedButton
          look="danger"
          reason={blocked}
          aria-busy={save.isPending}
          aria-disabled={save.isPending || blocked !== undefined}
          onClick={confirm}
        >
          {t(decisions.aboveCeiling ? 'ask.request' : decisions.unsure > 0 ? 'ask.actUpTo' : 'ask.act', { count })}
        </ReasonedButton>
      </DialogFoot>
    </>
  )
}
