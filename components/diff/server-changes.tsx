'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import type { Difference } from '@/lib/contract/difference'
import { relevantChanges } from '@/lib/policy/diff/field-names'
import type { InstanceLocation } from '@/lib/routes'

// Hardly any save needs it.
const Changes = dynamic(() => import('./changes').then((module) => module.Changes))

interface Normalised {
  readonly name: string
  readonly changes: readonly Difference[]
  readonly at: InstanceLocation
}

// Only ever filled in the browser: a save leaves it for the page that follows.
const kept = new Map<string, Normalised>()

/** For `NormalisedNote` at the same place. */
export function keepNormalised(place: string, normalised: Normalised) {
  if (relevantChanges(normalised.changes).length > 0) kept.set(place, normalised)
}

/** After a save: what SWR made of what it was sent, if anything. Once. */
export function NormalisedNote({ place }: { place: string }) {
  const t = useTranslations('form')
  const [shown, setShown] = useState(() => kept.get(place))
  useEffect(() => {
    kept.delete(place)
  }, [place])
  if (!shown) return null
  const title = t('normalised.title', { name: shown.name, count: relevantChanges(shown.changes).length })
  return (
    <Note tone="warn" role="status" className="mb-4">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <span className="font-medium">{title}</span>
        <Button look="ghost" onClick={() => setShown(undefined)}>
          {t('normalised.dismiss')}
        </Button>
      </div>
      <Changes
        label={title}
        changes={shown.changes}
        at={shown.at}
        labels={{ before: t('normalised.sent'), after: t('normalised.stored') }}
      />
    </Note>
  )
}
