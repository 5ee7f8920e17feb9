'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { type Problem, problemOf } from '@/lib/contract/problem'
import { apiQuery, useFreshRead } from '@/lib/query/client'
import { type FoundTags, isFilled, joinPages } from './found-pages'

interface Patterns {
  readonly repository: string
  readonly tag: string
}

/** Pages behind the first; of another question they are nobody's. */
interface Further {
  readonly subject: string
  readonly pages: readonly FoundTags[]
  readonly running: boolean
  readonly problem: Problem | null
}

/**
 * All tags that match: the first repositories while somebody types, and the others at a press, page after page until a job could
 * take no more. `stop` ends that; what was found stays.
 */
export function usePatternSearch(connection: string, patterns: Patterns) {
  const params = { connection }
  const read = useFreshRead()
  const first = useQuery({
    ...apiQuery('syncTagSearch', { params, body: patterns }),
    enabled: patterns.repository !== '' && patterns.tag !== '',
    placeholderData: keepPreviousData,
    // The pages behind it begin where it ends: it may not change under them.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  const subject = JSON.stringify(patterns)
  const [known, setKnown] = useState<Further>({ subject, pages: [], running: false, problem: null })
  const further = known.subject === subject ? known : { subject, pages: [], running: false, problem: null }
  const run = useRef<AbortController>(null)
  useEffect(() => () => run.current?.abort(), [])
  const found = first.data && joinPages([first.data, ...further.pages])

  const goOn = async (begin: FoundTags) => {
    run.current?.abort()
    const own = new AbortController()
    const { signal } = own
    run.current = own
    const pages = [...further.pages]
    const show = (running: boolean, problem: Problem | null = null) =>
      signal.aborted || setKnown({ subject, pages: [...pages], running, problem })
    try {
      for (let now = begin; now.next !== null && !isFilled(now) && !signal.aborted; ) {
        show(true)
        const page = await read('syncTagSearch', { params, body: { ...patterns, after: now.next } })
        if (!page) break
        pages.push(page)
        now = joinPages([now, page])
      }
      show(false)
    } catch (error) {
      show(false, problemOf(error))
    }
  }
  return {
    first,
    found,
    running: further.running,
    problem: further.problem,
    goOn: found?.next != null && !isFilled(found) ? () => void goOn(found) : undefined,
    stop: () => {
      run.current?.abort()
      setKnown((before) => ({ ...before, running: false }))
    },
  }
}
