import clsx from 'clsx'
import type { ComponentProps } from 'react'

const looks = {
  primary: 'button-primary',
  plain: 'button-plain',
  ghost: 'button-ghost',
  danger: 'button-danger',
} as const

export type ButtonLook = keyof typeof looks

/** Look shared by buttons and by links that act as one. */
export const buttonClass = (look: ButtonLook = 'plain', size: 'normal' | 'icon' = 'normal') =>
  clsx('button', size === 'icon' ? 'w-8' : 'px-3', looks[look])

export function Button({
  look,
  size,
  className,
  ...rest
}: ComponentProps<'button'> & { look?: ButtonLook; size?: 'normal' | 'icon' }) {
  return <button type="button" {...rest} className={clsx(buttonClass(look, size), className)} />
}
