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
      className={clsx('switch', on ? 'bg-ok' : 'bg-edge', className)}
    >
      <span className={clsx('switch-thumb', on ? 'left-3.5' : 'left-0.5')} />
    </button>
  )
}
