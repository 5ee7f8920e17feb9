import clsx from 'clsx'
import type { ReactNode } from 'react'

/** What an object says, as terms with their values; further columns where there is room. */
export function Properties({
  columns,
  entries,
}: {
  columns: 3 | 4
  entries: readonly (readonly [term: string, value: ReactNode])[]
}) {
  return (
    <dl className={clsx('grid gap-x-8 gap-y-4 sm:grid-cols-2', columns === 3 ? 'lg:grid-cols-3' : 'lg:grid-cols-4')}>
      {entries.map(([term, value]) => (
        <div key={term}>
          <dt className="text-ink-3 text-xs">{term}</dt>
          <dd className="mt-0.5">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
