import { useState } from 'react'

/** A checkbox that was set for one thing: it is open again once something else stands there. */
export function useAcceptance(subject: string): [boolean, (isAccepted: boolean) => void] {
  const [accepted, setAccepted] = useState<string | null>(null)
  return [accepted === subject, (isAccepted) => setAccepted(isAccepted ? subject : null)]
}
