'use client'

import { type ComponentProps, useEffect, useRef } from 'react'
import { ProblemPanel } from './error-panel'

/** For `DialogFoot`: a refusal that nobody can miss, however long what stands above. It gets the focus once. */
export function DialogProblem({
  error,
  title,
  advice,
}: Pick<ComponentProps<typeof ProblemPanel>, 'error' | 'title' | 'advice'>) {
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => element.current?.focus(), [])
  return (
    <div ref={element} tabIndex={-1} className="max-h-[45dvh] overflow-y-auto rounded-md">
      <ProblemPanel error={error} title={title} advice={advice} />
    </div>
  )
}
