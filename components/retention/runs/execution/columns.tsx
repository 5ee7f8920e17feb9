'use client'

import { useTranslations } from 'next-intl'
import type { Column } from '@/components/table/column'
import { tooltip } from '@/components/ui/tooltip'
import type { ConsoleOutput } from '@/lib/contract/console/schemas'
import { deletionOf } from '@/lib/policy/retention/deletion'
import { ExecutionStatus } from '../execution-status'

type Execution = ConsoleOutput<'retentionExecutionShow'>
type Task = Execution['repositories']['rows'][number]

/** One repository, which is a task for SWR; it leads to its images. */
export function useTaskColumns(
  execution: Pick<Execution, 'dryRun' | 'status'>,
  onOpen: (task: number) => void,
): Column<Task>[] {
  const t = useTranslations('retentionRuns.execution')
  return [
    {
      id: 'repository',
      header: t('repository'),
      className: 'wrap-anywhere',
      rowHeader: true,
      cell: ({ name, task }) => (
        <button
          type="button"
          {...tooltip(t('open', { repository: name }))}
          className="text-left font-mono text-sm hover:text-accent hover:underline"
          onClick={() => onOpen(task)}
        >
          {name}
        </button>
      ),
    },
    {
      id: 'status',
      header: t('status'),
      width: '@table:w-40',
      cell: ({ status }) => <ExecutionStatus status={status} />,
    },
    {
      id: 'kept',
      header: t('kept'),
      labelled: true,
      width: '@table:w-60',
      className: 'tabular-nums',
      cell: ({ retained, total, status }) =>
        retained === null || total === null
          ? ''
          : t(`keptOf.${deletionOf(execution, status)}`, { retained, total, deleted: Math.max(total - retained, 0) }),
    },
    {
      id: 'text',
      header: t('reason'),
      className: 'text-ink-2 wrap-anywhere',
      cell: ({ text }) => text,
    },
  ]
}
