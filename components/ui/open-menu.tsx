'use client'

import clsx from 'clsx'
import Link from 'next/link'
import { DropdownMenu } from 'radix-ui'
import { type ReactElement, useRef } from 'react'
import type { RowAction } from './menu-action'

/** The menu itself, open from the start: it is only rendered once somebody asked for it. */
export function OpenMenu({
  trigger,
  actions,
  byKeyboard,
}: {
  trigger: ReactElement
  actions: readonly RowAction[]
  /** How it was asked for: whoever came by keyboard starts at its first entry. */
  byKeyboard: boolean
}) {
  const chosen = useRef<RowAction['run']>(undefined)
  const toFirst = useRef(byKeyboard)
  const act = () => {
    const run = chosen.current
    chosen.current = undefined
    if (run) queueMicrotask(run)
  }
  return (
    <DropdownMenu.Root defaultOpen modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          // The menu gives the focus back first: a dialog opened by the act will give it back in turn.
          onCloseAutoFocus={act}
          // Later openings the menu knows itself how to begin; this one began before it was there.
          onFocus={({ target, currentTarget }) => {
            if (target !== currentTarget || !toFirst.current) return
            toFirst.current = false
            currentTarget.querySelector<HTMLElement>('[role=menuitem]')?.focus()
          }}
          className="z-20 min-w-44 rounded-md border border-line-strong bg-surface p-1 text-ink"
        >
          {actions.map((action, index) => {
            const className = clsx(
              'flex w-full flex-col rounded-sm px-2 py-1.5 outline-none data-[highlighted]:bg-sunken',
              action.destructive && 'text-bad',
              action.disabledReason && 'text-ink-3',
            )
            return (
              <div key={action.label}>
                {action.destructive && index > 0 && <DropdownMenu.Separator className="my-1 h-px bg-line" />}
                {action.href && !action.disabledReason ? (
                  <DropdownMenu.Item asChild>
                    <Link href={action.href} prefetch={false} className={className}>
                      {action.label}
                    </Link>
                  </DropdownMenu.Item>
                ) : (
                  <DropdownMenu.Item
                    className={className}
                    // Truly disabled it could not be reached, nor its reason heard.
                    aria-disabled={Boolean(action.disabledReason)}
                    onSelect={(event) => {
                      if (action.disabledReason) event.preventDefault()
                      else chosen.current = action.run
                    }}
                  >
                    {action.label}
                    {action.disabledReason && <small className="text-xs">{action.disabledReason}</small>}
                  </DropdownMenu.Item>
                )}
              </div>
            )
          })}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
