import { QueryClient } from '@tanstack/react-query'

/** One for each request on the server, one for each tab in the browser. */
export const makeClient = () =>
  new QueryClient({
    defaultOptions: {
      // `always`: without a network the browser says so instead of waiting silently.
      // A failure that came with the page is shown, not asked for again: bad signatures in a row lock the key.
      queries: { staleTime: 30_000, networkMode: 'always', retry: false, retryOnMount: false },
      mutations: { networkMode: 'always', retry: false },
      dehydrate: { shouldDehydrateQuery: ({ state }) => state.status !== 'pending', shouldRedactErrors: () => false },
    },
  })
