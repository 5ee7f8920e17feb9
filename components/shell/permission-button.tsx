'use client'

import clsx from 'clsx'
import type { Route } from 'next'
import Link from 'next/link'
import type { ComponentProps, ReactNode } from 'react'
import { type ButtonLook, buttonClass } from '@/components/ui/button'
import { tooltip } from '@/components/ui/tooltip'
import { useReady } from '@/components/ui/use-hydrated'
import type { ConsoleOperation } from '@/lib/contract/console/operations'
import type { SwrOperation } from '@/lib/contract/swr/operations'
import { useCan } from '../context/actor'

type Look = ComponentProps<'button'> & { readonly look?: ButtonLook }

/** With a `reason` it stays visible and does nothing. Truly disabled, nobody could reach it and hear why. */
export function ReasonedButton({ reason, look, className, ...rest }: Look & { reason: string | undefined }) {
  const blocked = reason === undefined ? {} : { 'aria-disabled': true, onClick: undefined, ...tooltip(reason) }
  const type = reason === undefined ? (rest.type ?? 'button') : 'button'
  return <button {...rest} {...blocked} type={type} className={clsx(buttonClass(look), className)} />
}

interface Gate {
  readonly operation: SwrOperation | ConsoleOperation
}

/**
 * The button of an operation: where the role is too low, it says which one is needed. One that submits waits until the page
 * is alive: the browser alone would send the form into the address.
 */
export function GatedButton({ operation, disabled, ...rest }: Look & Gate) {
  const waits = !useReady() && rest.type === 'submit'
  return <ReasonedButton reason={useCan(operation).reason} disabled={waits || disabled} {...rest} />
}

/** A link to the page of an act; where the role is too low, a button that says so. */
export function GatedLink({
  operation,
  look,
  href,
  children,
}: Gate & { look?: ButtonLook; href: Route; children: ReactNode }) {
  const { reason } = useCan(operation)
  return reason === undefined ? (
    <Link href={href} prefetch={false} className={buttonClass(look)}>
      {children}
    </Link>
  ) : (
    <ReasonedButton reason={reason} {...(look && { look })}>
      {children}
    </ReasonedButton>
  )
}
