import clsx from 'clsx'
import type { ComponentProps } from 'react'
import { useReady } from './use-hydrated'

const look =
  'min-w-0 rounded-md border border-edge bg-surface px-2.5 text-ink aria-invalid:border-bad disabled:bg-sunken disabled:text-ink-3'

/** Look of everything that takes text or a choice; red edge while its value is refused. Compact ones stand in toolbars. */
export const controlClass = (compact = false) => clsx(look, compact ? 'h-8 w-auto' : 'h-8.5 w-full')

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input autoComplete="off" spellCheck={false} {...rest} className={clsx(controlClass(), className)} />
}

/** Waits until the page is alive, looking as it will then: a choice made before would be shown and never heard of. */
export function Select({ compact, className, disabled, ...rest }: ComponentProps<'select'> & { compact?: boolean }) {
  const ready = useReady()
  const waking = ready ? null : 'disabled:bg-surface! disabled:text-ink! disabled:opacity-100!'
  return (
    <select
      {...rest}
      disabled={disabled || !ready}
      className={clsx(controlClass(compact), 'pr-7', !disabled && waking, className)}
    />
  )
}

export function Checkbox({ className, ...rest }: Omit<ComponentProps<'input'>, 'type'>) {
  return <input {...rest} type="checkbox" className={clsx('size-4 shrink-0 accent-accent', className)} />
}
