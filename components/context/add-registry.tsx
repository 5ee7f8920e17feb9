'use client'

import { createContext, useContext } from 'react'

/** Opens the panel that adds a registry beside what is on the page; the id of the new one is told before it closes. */
export type AddRegistry = (onAdded: (id: number) => void) => void

const Context = createContext<AddRegistry | null>(null)

/** Whoever has the panel gives the way to open it: forms of other kinds need registries and do not know the panel. */
export const AddRegistryContext = Context.Provider

/** Null where there is no such panel. */
export const useAddRegistry = () => useContext(Context)
