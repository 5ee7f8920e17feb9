import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import { rows } from '../rows.mjs'
import { Rows } from './rows'

export const dynamic = 'force-dynamic'

/** The least that a list of rows takes which the server reads and the browser goes on with. */
export default async function Page() {
  const client = new QueryClient()
  await client.prefetchQuery({ queryKey: ['rows'], queryFn: () => rows })
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <Rows />
    </HydrationBoundary>
  )
}
