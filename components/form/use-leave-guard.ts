'use client'

import { useEffect, useState } from 'react'
import { followedLink } from '../shell/page-change'

export interface LeaveGuard {
  /** Holds the way on while the question stands. */
  readonly question: { readonly leave: () => void } | null
  readonly stay: () => void
  /** Goes on at once where nothing would be lost, otherwise asks first. */
  readonly leave: (go: () => void) => void
}

/**
 * Asks before unsaved changes are left: by a link, by the browser's back button (where the Navigation API is known) and by
 * closing the tab.
 */
export function useLeaveGuard(dirty: boolean): LeaveGuard {
  const [question, setQuestion] = useState<{ leave: () => void } | null>(null)
  useEffect(() => {
    if (!dirty) return
    let released = false
    const ask = (go: () => void) =>
      setQuestion({
        leave: () => {
          released = true
          setQuestion(null)
          go()
        },
      })
    const onClick = (event: MouseEvent) => {
      const link = released ? null : followedLink(event)
      if (!link) return
      event.preventDefault()
      event.stopPropagation()
      ask(() => link.click())
    }
    const onUnload = (event: BeforeUnloadEvent) => {
      if (!released) event.preventDefault()
    }
    const onNavigate = (event: NavigateEvent) => {
      if (released || event.navigationType !== 'traverse' || !event.cancelable) return
      event.preventDefault()
      ask(() => window.navigation.traverseTo(event.destination.key))
    }
    document.addEventListener('click', onClick, { capture: true })
    window.addEventListener('beforeunload', onUnload)
    const navigation = 'navigation' in window ? window.navigation : undefined
    navigation?.addEventListener('navigate', onNavigate)
    return () => {
      document.removeEventListener('click', onClick, { capture: true })
      window.removeEventListener('beforeunload', onUnload)
      navigation?.removeEventListener('navigate', onNavigate)
    }
  }, [dirty])
  const ask = (go: () => void) =>
    setQuestion({
      leave: () => {
        setQuestion(null)
        go()
      },
    })
  return { question, stay: () => setQuestion(null), leave: (go) => (dirty ? ask(go) : go()) }
}
