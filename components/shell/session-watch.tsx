'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { problemOf } from '@/lib/contract/problem'
import { routes } from '@/lib/routes'

/**
 * When the console says that nobody is signed in any more, the way leads to sign-in and back to the same place. Forms keep
 * their drafts, so nothing asks whether to leave.
 */
export function SessionWatch() {
  const cache = useQueryClient()
  const router = useRouter()
  useEffect(() => {
    const check = (error: unknown) => {
      if (!error || problemOf(error).code !== 'not_signed_in') return
      const { pathname, search } = window.location
      if (pathname !== routes.signIn()) router.replace(routes.signIn(pathname + search))
    }
    const queries = cache.getQueryCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'error') check(event.action.error)
    })
    const mutations = cache.getMutationCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'error') check(event.action.error)
    })
    return () => {
      queries()
      mutations()
    }
  }, [cache, router])
  return null
}
