import clsx from 'clsx'
import type { ReactNode } from 'react'
import { Glyph } from './glyph'

const colors = {
  ok: 'text-ok',
  warn: 'text-warn',
  bad: 'text-bad',
  busy: 'text-busy',
  /** Said by somebody, not proven. */
  claimed: 'text-accent',
  off: 'text-ink-3',
} as const

export type StatusKind = keyof typeof colors

/** Icon and word, never colour alone. */
export function Status({ kind, children }: { kind: StatusKind; children: ReactNode }) {
  return (
    <span className={clsx('inline-flex items-center gap-1.5 whitespace-nowrap tabular-nums', colors[kind])}>
      <Glyph name={kind} />
      {children}
    </span>
  )
}
