import clsx from 'clsx'

/** Grey bar in the place of a text that is on its way. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span aria-hidden className={clsx('inline-block h-3 animate-pulse rounded-sm bg-line align-middle', className)} />
  )
}
