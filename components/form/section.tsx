import type { ReactNode } from 'react'

/** One question of a form: what it is about on the left, its fields on the right; below one another on a phone. */
export function Section({
  title,
  titleId,
  lead,
  children,
}: {
  title: string
  /** For controls that the title itself labels. */
  titleId?: string
  lead?: ReactNode
  children: ReactNode
}) {
  return (
    <section className="grid gap-x-6 gap-y-2 border-line border-t py-5 first:border-t-0 first:pt-1 lg:grid-cols-[176px_minmax(0,1fr)]">
      <div>
        <h2 id={titleId}>{title}</h2>
        {lead && <p className="mt-0.5 text-ink-3 text-sm">{lead}</p>}
      </div>
      <div className="flex min-w-0 flex-col gap-3.5">{children}</div>
    </section>
  )
}

/** Two fields side by side where there is room. */
export function Pair({ children }: { children: ReactNode }) {
  return <div className="grid gap-x-3 gap-y-3.5 sm:grid-cols-2">{children}</div>
}
