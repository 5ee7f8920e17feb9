'use client'

import { createContext, type ReactNode, useContext } from 'react'

/** Where in the console a screen stands: beside the instances, or in one of them. */
export interface NavPlace {
  readonly connection?: { readonly id: string; readonly name: string; readonly region: string }
  readonly instance?: { readonly id: string; readonly name: string }
}

const Place = createContext<NavPlace>({})

/** Where in the console a screen stands; layouts know it, and keep it while one goes from page to page. */
export function PlaceProvider({ place, children }: { place: NavPlace; children: ReactNode }) {
  return <Place value={place}>{children}</Place>
}

export const usePlace = () => useContext(Place)
