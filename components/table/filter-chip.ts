import clsx from 'clsx'

/** A filter that is on or off: dashed while it lets everything through, marked while it narrows. */
export const filterChipClass = (on: boolean) =>
  clsx(
    'inline-flex h-8 max-w-full items-center gap-1.5 rounded-md border px-2.5 tabular-nums',
    on ? 'border-accent bg-accent-soft text-accent' : 'border-edge border-dashed text-ink-2 hover:text-ink',
  )
