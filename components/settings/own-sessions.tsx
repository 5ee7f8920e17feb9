'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { Section } from '@/components/form/section'
import { ProblemPanel } from '@/components/shell/error-panel'
import { leaveSession } from '@/components/shell/leave-session'
import { Button } from '@/components/ui/button'

/** Ends every session of the person. */
export function OwnSessions() {
  const t = useTranslations('account')
  const leave = useMutation({ mutationFn: () => leaveSession('everywhere') })
  return (
    <Section title={t('settings.sessions')} lead={t('settings.sessionsText')}>
      {leave.error && <ProblemPanel error={leave.error} />}
      <div>
        <Button disabled={leave.isPending || leave.isSuccess} onClick={() => leave.mutate()}>
          {t('menu.everywhere')}
        </Button>
      </div>
    </Section>
  )
}
