import clsx from 'clsx'
import type { ComponentProps } from 'react'

const looks = {
  primary: 'border-ink bg-ink text-bg hover:opacity-90',
  plain: 'border-line-strong bg-surface text-ink hover:bg-sunken',
  ghost: 'border-transparent bg-transparent text-ink-2 hover:bg-sunken hover:text-ink',
  danger: 'border-line-strong bg-surface text-bad hover:bg-bad-soft',
} as const

export type ButtonLook = keyof typeof looks

/** Look shared by buttons and by links that act as one. */
export const buttonClass = (look: ButtonLook = 'plain', size: 'normal' | 'icon' = 'normal') =>
  clsx(
    'inline-flex h-8 items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap transition-colors',
    'disabled:cursor-not-allowed disabled:opacity-60 aria-disabled:cursor-not-allowed aria-disabled:opacity-60',
    size === 'icon' ? 'w-8' : 'px-3',
    looks[look],
  )

export function Button({
  look,
  size,
  className,
  ...rest
}: ComponentProps<'button'> & { look?: ButtonLook; size?: 'normal' | 'icon' }) {
  return <button type="button" {...rest} className={clsx(buttonClass(look, size), className)} />
}
