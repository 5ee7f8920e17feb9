import { type RefObject, useEffect, useEffectEvent } from 'react'

/** Tells once that an element has come into sight, in a tab that is looked at; nothing while it is not `wanted`. */
export function useSeen(element: RefObject<Element | null>, wanted: boolean, onSeen: () => void) {
  const seen = useEffectEvent(onSeen)
  useEffect(() => {
    const target = element.current
    if (!wanted || !target) return
    let inSight = false
    let told = false
    const tell = () => {
      if (told || !inSight || document.visibilityState !== 'visible') return
      told = true
      seen()
    }
    const watch = new IntersectionObserver((entries) => {
      inSight = entries.some(({ isIntersecting }) => isIntersecting)
      tell()
    })
    watch.observe(target)
    document.addEventListener('visibilitychange', tell)
    return () => {
      watch.disconnect()
      document.removeEventListener('visibilitychange', tell)
    }
  }, [element, wanted])
}
