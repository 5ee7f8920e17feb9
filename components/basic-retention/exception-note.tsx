'use client'

import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { Chip } from '@/components/ui/code'
import {
  type Exception,
  exceptionFlaw,
  isHeldException,
  listedTags,
} from '@/lib/policy/basic-retention/exception-flaws'

/** Below an exception that keeps nothing: offers the tags that a list names, and says so of one that SWR holds. */
export function ExceptionNote({
  exception,
  held,
  most,
  onSplit,
}: {
  exception: Exception
  held: readonly Exception[]
  /** How many exceptions it may become. */
  most: number
  onSplit: (tags: readonly string[]) => void
}) {
  const t = useTranslations('basicRetention.exception')
  if (exception.kind !== 'label' || exception.pattern === '') return null
  const pattern = exception.pattern.trim()
  const tags = listedTags(pattern) ?? []
  const isOffered = tags.length > 0 && tags.length <= most
  const isDead = isHeldException(held, exception) && exceptionFlaw(exception) !== null
  if (!isOffered && !isDead) return null
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-warn sm:col-span-2" aria-live="polite">
      {isDead && <p className="w-full">{t('keepsNothing')}</p>}
      {isOffered && (
        <>
          <span className="flex flex-wrap gap-1">
            {t('meant', { count: tags.length })}
            {tags.map((tag) => (
              <Chip key={tag}>{tag}</Chip>
            ))}
          </span>
          <Button onClick={() => onSplit(tags)}>{t('split', { count: tags.length })}</Button>
        </>
      )}
    </div>
  )
}
