'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useCan } from '@/components/context/actor'
import { ReasonedButton } from '@/components/shell/permission-button'
import { Button } from '@/components/ui/button'
import type { RetentionRun } from '@/lib/contract/console/retention-runs'
import type { RetentionLocation } from '@/lib/routes'
import type { ImageView } from '../images/search-params'
import { RestoreDialog } from './restore-dialog'
import type { RestoreChoice } from './use-restore-choice'

/** How many images are chosen, a way to all of the view, and the button that restores them. */
export function RestoreBar({
  place,
  run,
  view,
  restorable,
  choice,
}: {
  place: RetentionLocation
  run: RetentionRun
  view: ImageView
  /** Images of the view that can be restored. */
  restorable: number
  choice: RestoreChoice
}) {
  const t = useTranslations('retentionRuns.run')
  const [isAsking, setAsking] = useState(false)
  const may = useCan('retentionRestoreStart')
  const { count } = choice
  const blocked =
    may.reason ??
    (run.archive === null
      ? t('restoreNoArchive')
      : count === 0
        ? t(restorable === 0 ? 'restoreNothing' : 'restoreNone')
        : choice.isTooLong
          ? t('restoreMost', { most: choice.most })
          : undefined)
  const isOffered = run.archive !== null && restorable > 0 && count < restorable
  return (
    <div className="mb-2 flex min-h-9 flex-wrap items-center gap-2">
      <span aria-live="polite" className="text-ink-2 tabular-nums">
        {t('chosen', { count })}
      </span>
      {isOffered && (
        <Button look="ghost" className="min-w-0" onClick={choice.chooseAll}>
          {view.repository !== null && view.q === ''
            ? t('chooseRepository', { count: restorable, repository: view.repository })
            : t(view.q === '' && view.repository === null ? 'chooseAll' : 'chooseMatching', { count: restorable })}
        </Button>
      )}
      {count > 0 && (
        <Button look="ghost" onClick={choice.clear}>
          {t('clear')}
        </Button>
      )}
      <ReasonedButton look="primary" reason={blocked} onClick={() => setAsking(true)}>
        {t('restore', { count })}
      </ReasonedButton>
      {isAsking && (
        <RestoreDialog
          place={place}
          run={run}
          choice={choice}
          onDone={() => {
            choice.clear()
            setAsking(false)
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  )
}
