import { QueryClient } from '@tanstack/react-query'

/** One for each request on the server, one for each tab in the browser. */
export const makeClient = () =>
  new QueryClient({
    defaultOptions: {
      // `always`: without a network the browser says so instead of waiting silently.
      queries: { staleTime: 30_000, networkMode: 'always', retry: false },
      mutations: { networkMode: 'always', retry: false },
    },
  })
