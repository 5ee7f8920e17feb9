'use client'

import { createContext, type ReactNode, useContext } from 'react'
import type { NavPlace } from '../shell/side-nav'

const Place = createContext<NavPlace>({})

/** Where in the console a screen stands; layouts know it, and keep it while one goes from page to page. */
export function PlaceProvider({ place, children }: { place: NavPlace; children: ReactNode }) {
  return <Place value={place}>{children}</Place>
}

export const usePlace = () => useContext(Place)
