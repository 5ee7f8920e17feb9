'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { byKind } from '@/components/findings/by-kind'
import { FindingItem } from '@/components/findings/item'
import { whileReading } from '@/components/findings/polling'
import { FindingsUnread, useProblemWords } from '@/components/findings/unread'
import { Note } from '@/components/ui/alert'
import { Status } from '@/components/ui/status'
import type { Findings } from '@/lib/contract/console/checks'
import type { ReplicationBody } from '@/lib/contract/swr/replication'
import { apiPolling } from '@/lib/query/client'
import type { InstanceLocation } from '@/lib/routes'

/** What the policy would do to others if it were saved so and enabled. Comes after the dialog that it stands in, and stops nothing. */
export function DraftFindings({
  at,
  id = 0,
  body,
}: {
  at: InstanceLocation
  id?: number | undefined
  body: ReplicationBody
}) {
  const t = useTranslations('checks')
  const title = useId()
  return (
    <section aria-labelledby={title} className="mt-4">
      <h3 id={title} className="mb-1">
        {t('draft.title')}
      </h3>
      {!body.enabled && <p className="mb-1 text-ink-2">{t('draft.off')}</p>}
      <Asked at={at} id={id} body={body} />
    </section>
  )
}

function Asked({ at, id, body }: { at: InstanceLocation; id: number; body: ReplicationBody }) {
  const t = useTranslations('checks')
  const because = useProblemWords()
  const { data, error } = useQuery({
    ...apiPolling('checkDraft', {
      params: { connection: at.connection, instance_id: at.instance },
      body: { id, name: body.name ?? '', policy: body },
    }),
    // Others may have changed theirs since it was asked last.
    staleTime: 0,
    refetchInterval: whileReading,
  })
  return (
    <div role="status">
      {data ? (
        <Answer at={at} findings={data} />
      ) : error ? (
        <p className="text-ink-2">{t('draft.failed', { reason: because(error.code) })}</p>
      ) : (
        <Status kind="busy">{t('draft.busy')}</Status>
      )}
    </div>
  )
}

function Answer({ at, findings }: { at: InstanceLocation; findings: Findings }) {
  const t = useTranslations('checks')
  const { complete, more } = findings
  const count = findings.findings.length
  return (
    <>
      {count === 0 ? (
        <Status kind={complete ? 'ok' : 'off'}>{t(complete ? 'draft.nothing' : 'draft.partly')}</Status>
      ) : (
        <Note tone="warn">{t('draft.found', { count: count + more })}</Note>
      )}
      {byKind(findings.findings).map(([kind, of]) => (
        <div key={kind} className="border-line border-b py-2.5 last:border-b-0">
          <h4 className="font-medium text-warn">{t(`kind.${kind}.title`)}</h4>
          <ul className="flex flex-col gap-2">
            {of.map((finding, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: nothing in it has a state of its own
              <li key={index}>
                <FindingItem at={at} finding={finding} linked={false} />
              </li>
            ))}
          </ul>
          <p className="mt-1.5 text-ink-2 text-sm">{t(`kind.${kind}.do`)}</p>
        </div>
      ))}
      <FindingsUnread findings={findings} className="mt-2" />
    </>
  )
}
