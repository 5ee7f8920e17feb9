import { useState } from 'react'
import type { RetentionImage } from '@/lib/contract/console/retention-runs'
import type { ApiInput } from '@/lib/query/operations'
import { type ImageView, imageQuery } from '../images/search-params'

/** As many as one request may name. */
const mostNamed = 1000

type Choice =
  | { readonly kind: 'some'; readonly images: ReadonlyMap<number, RetentionImage> }
  /** All that a view shows and that can be restored, but some. */
  | { readonly kind: 'all'; readonly view: string; readonly except: ReadonlySet<number> }

const none: Choice = { kind: 'some', images: new Map() }

/** With or without it. */
function toggled(set: ReadonlySet<number>, index: number): ReadonlySet<number> {
  const next = new Set(set)
  if (!next.delete(index)) next.add(index)
  return next
}

/**
 * Which images are to be restored: some, across all views, or all of the present view, of which `restorable` can be. What was
 * chosen as a whole is no longer chosen once other rows are shown.
 */
export function useRestoreChoice(view: ImageView, restorable: number) {
  const [stored, setChoice] = useState(none)
  const query = imageQuery(view)
  const shown = JSON.stringify(query)
  const choice = stored.kind === 'all' && stored.view !== shown ? none : stored
  const count = choice.kind === 'some' ? choice.images.size : Math.max(restorable - choice.except.size, 0)
  return {
    count,
    isAll: choice.kind === 'all',
    /** More than one request can name. */
    isTooLong: (choice.kind === 'some' ? choice.images : choice.except).size > mostNamed,
    /** Those that were chosen one by one. */
    images: choice.kind === 'some' ? [...choice.images.values()] : [],
    has: ({ index }: RetentionImage) => (choice.kind === 'some' ? choice.images.has(index) : !choice.except.has(index)),
    toggle(image: RetentionImage) {
      if (choice.kind === 'all') return setChoice({ ...choice, except: toggled(choice.except, image.index) })
      const images = new Map(choice.images)
      if (!images.delete(image.index)) images.set(image.index, image)
      setChoice({ kind: 'some', images })
    },
    chooseAll: () => setChoice({ kind: 'all', view: shown, except: new Set() }),
    clear: () => setChoice(none),
    body: (): ApiInput<'retentionRestoreStart'>['body'] =>
      choice.kind === 'some'
        ? { images: [...choice.images.keys()], except: [] }
        : { view: { ...query, search: view.q }, except: [...choice.except] },
    most: mostNamed,
  }
}

export type RestoreChoice = ReturnType<typeof useRestoreChoice>
