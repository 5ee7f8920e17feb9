'use client'

import dynamic from 'next/dynamic'
import type { RepairOfferProps } from './repair-offer'

/** Nobody needs it before a pattern is typed. */
const RepairOffer = dynamic(() => import('./repair-offer').then((module) => module.RepairOffer), { ssr: false })

/** Offers to repair a pattern that was typed. What was read is left alone. */
export function PatternRepair({ read, ...typed }: RepairOfferProps & { read: string }) {
  return typed.text === read ? null : <RepairOffer {...typed} />
}
