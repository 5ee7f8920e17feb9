import type { ReactNode } from 'react'

/** Pattern, digest or id: text of the machine, in its own face. */
export function Chip({ children }: { children: ReactNode }) {
  return (
    <code className="inline-block max-w-full rounded-sm border border-line bg-sunken px-1.5 font-mono text-xs/4.5 wrap-anywhere">
      {children}
    </code>
  )
}
