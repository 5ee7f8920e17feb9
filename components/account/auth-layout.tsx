import { ArrowLeftRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'

/** Frame of the pages before one is signed in: the product's name and one thing to do. */
export function PlainPage({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  const t = useTranslations('common')
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-100 flex-col justify-center px-4 py-10">
      <p className="mb-4 flex items-center gap-2.5 font-semibold">
        <span className="grid size-7 shrink-0 place-items-center rounded-md bg-ink text-bg">
          <ArrowLeftRight aria-hidden size={16} strokeWidth={1.75} />
        </span>
        {t('product')}
      </p>
      <div className="rounded-lg border border-line bg-surface p-5">
        <h1>{title}</h1>
        {lead && <p className="mt-1 text-ink-2">{lead}</p>}
        <div className="mt-4 flex flex-col gap-3.5">{children}</div>
      </div>
    </main>
  )
}
