import { useEffect, useState } from 'react'

/** The last value that stood still for a while; undefined is none and leaves what was there. `same` tells values apart. */
export function useSettled<Value>(value: Value | undefined, same: string, wait: number): Value | undefined {
  const [settled, setSettled] = useState(value)
  // biome-ignore lint/correctness/useExhaustiveDependencies: equal values may be new objects
  useEffect(() => {
    if (value === undefined) return
    const timer = setTimeout(() => setSettled(value), wait)
    return () => clearTimeout(timer)
  }, [same, wait])
  return settled
}
