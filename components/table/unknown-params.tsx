'use client'

import { useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { Note } from '@/components/ui/alert'
import { Chip } from '@/components/ui/code'
import { type Parsers, unknownIn } from './unknown-values'

/** Says which values of the address a list does not know: a filter that silently is none would show too much. */
export function UnknownParams({ parsers }: { parsers: Parsers }) {
  const t = useTranslations('common')
  const unknown = unknownIn(useSearchParams(), parsers)
  if (unknown.length === 0) return null
  return (
    <Note tone="warn" role="status" className="mb-3">
      {t.rich('unknownParams', {
        count: unknown.length,
        values: () =>
          unknown.map((text) => (
            <span key={text}>
              <Chip>{text}</Chip>{' '}
            </span>
          )),
      })}
    </Note>
  )
}
