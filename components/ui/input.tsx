import clsx from 'clsx'
import type { ComponentProps } from 'react'

const look =
  'min-w-0 rounded-md border border-edge bg-surface px-2.5 text-ink aria-invalid:border-bad disabled:bg-sunken disabled:text-ink-3'

/** Look of everything that takes text or a choice; red edge while its value is refused. Compact ones stand in toolbars. */
export const controlClass = (compact = false) => clsx(look, compact ? 'h-8 w-auto' : 'h-8.5 w-full')

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input autoComplete="off" spellCheck={false} {...rest} className={clsx(controlClass(), className)} />
}

export function Select({ compact, className, ...rest }: ComponentProps<'select'> & { compact?: boolean }) {
  return <select {...rest} className={clsx(controlClass(compact), 'pr-7', className)} />
}

export function Checkbox({ className, ...rest }: Omit<ComponentProps<'input'>, 'type'>) {
  return <input {...rest} type="checkbox" className={clsx('size-4 shrink-0 accent-accent', className)} />
}
