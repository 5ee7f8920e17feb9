'use client'

import { useSyncExternalStore } from 'react'
import { useActor } from '@/components/context/actor'
import { useReady } from '@/components/ui/use-hydrated'
import { type Basket, emptyBasket, pressed, readBasket } from './basket'

/* Only ever filled in the browser, by what a person does; what is stored belongs to one person and one connection. */
const shelf = new Map<string, Basket>()
/** Those that the browser would not store: too large for it, or it stores nothing. */
const unsaved = new Set<string>()
const listeners = new Set<() => void>()

function tell() {
  for (const listener of listeners) listener()
}

/** Another tab has changed it. */
function onStorage({ key, storageArea }: StorageEvent) {
  if (storageArea !== localStorage) return
  if (key === null) shelf.clear()
  else shelf.delete(key)
  tell()
}

function watch(listener: () => void) {
  if (listeners.size === 0) window.addEventListener('storage', onStorage)
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) window.removeEventListener('storage', onStorage)
  }
}

function stored(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function load(key: string): Basket {
  const known = shelf.get(key) ?? readBasket(stored(key))
  shelf.set(key, known)
  return known
}

function save(key: string, basket: Basket): Basket {
  shelf.set(key, basket)
  try {
    if (basket.repositories.length + basket.targets.length === 0) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify(basket))
    unsaved.delete(key)
  } catch {
    unsaved.add(key)
  }
  tell()
  return basket
}

const none = () => emptyBasket

/** Not by `randomUUID`, which browsers have on HTTPS only. */
const newPress = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')

/** Where nothing listens, another tab may have changed it unheard. */
function current(key: string): Basket {
  if (listeners.size === 0 && !unsaved.has(key)) shelf.delete(key)
  return load(key)
}

/** Another basket is another press. */
const withoutPress = ({ press: _, ...basket }: Basket): Basket => basket

/**
 * The basket of whoever is signed in, on one connection. It survives a reload, a new tab and a sign-in; `saved` is false while
 * only this tab knows it. Before the page is alive it is empty and not `ready`.
 */
export function useBasket(connection: string) {
  const key = `sync-basket:${useActor()?.email ?? ''}:${connection}`
  const basket = useSyncExternalStore(watch, () => load(key), none)
  return {
    basket,
    ready: useReady(),
    saved: !unsaved.has(key),
    /** By what is in it now: two changes in a row build on each other. Answers what it has become. Also once the page is left. */
    change: (next: (before: Basket) => Basket) => save(key, withoutPress(next(current(key)))),
    /** Names the press that sends these images: for an hour the same until it is answered, or something else is sent. */
    press: (images: Parameters<typeof pressed>[1]): string => {
      const before = load(key)
      const next = pressed(before, images, { at: Date.now(), name: newPress })
      if (next.press !== before.press) save(key, next)
      return next.press.name
    },
    renewPress: () => {
      if (load(key).press !== undefined) save(key, withoutPress(load(key)))
    },
  }
}

export type BasketStore = ReturnType<typeof useBasket>
