import clsx from 'clsx'
import type { ComponentProps } from 'react'

/** On or off, at once; `aria-label` or `aria-labelledby` says what. */
export function Switch({ on, className, ...rest }: Omit<ComponentProps<'button'>, 'type' | 'role'> & { on: boolean }) {
  return (
    <button
      {...rest}
      type="button"
      role="switch"
      aria-checked={on}
      className={clsx(
        'relative inline-block h-4.5 w-7.5 shrink-0 rounded-full align-middle transition-colors',
        'disabled:cursor-not-allowed disabled:opacity-60 aria-disabled:cursor-not-allowed aria-disabled:opacity-60',
        on ? 'bg-ok' : 'bg-edge',
        // A target of at least 24 px without a taller row (WCAG 2.5.8).
        "after:absolute after:-inset-1 after:content-['']",
        className,
      )}
    >
      <span
        className={clsx(
          'absolute top-0.5 size-3.5 rounded-full bg-surface transition-[left]',
          on ? 'left-3.5' : 'left-0.5',
        )}
      />
    </button>
  )
}
