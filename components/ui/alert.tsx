import clsx from 'clsx'
import type { ComponentProps } from 'react'

const tones = {
  bad: 'bg-bad-soft text-bad',
  warn: 'bg-warn-soft text-warn',
  info: 'bg-sunken text-ink-2',
  ok: 'bg-ok-soft text-ok',
} as const

/** A few sentences that concern what stands around them. */
export function Note({ tone, className, ...rest }: ComponentProps<'div'> & { tone: keyof typeof tones }) {
  return <div {...rest} className={clsx('rounded-md px-3 py-2 text-sm', tones[tone], className)} />
}
