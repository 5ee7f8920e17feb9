import clsx from 'clsx'
import { CircleCheck, CircleDashed, CircleMinus, CircleX, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

const kinds = {
  ok: { icon: CircleCheck, color: 'text-ok' },
  warn: { icon: TriangleAlert, color: 'text-warn' },
  bad: { icon: CircleX, color: 'text-bad' },
  busy: { icon: CircleDashed, color: 'text-busy' },
  off: { icon: CircleMinus, color: 'text-ink-3' },
} as const

export type StatusKind = keyof typeof kinds

/** Icon and word, never colour alone. */
export function Status({ kind, children }: { kind: StatusKind; children: ReactNode }) {
  const { icon: Icon, color } = kinds[kind]
  return (
    <span className={clsx('inline-flex items-center gap-1.5 whitespace-nowrap tabular-nums', color)}>
      <Icon aria-hidden size={16} strokeWidth={1.75} className="shrink-0" />
      {children}
    </span>
  )
}
