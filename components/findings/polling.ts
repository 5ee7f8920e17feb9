import type { Findings } from '@/lib/contract/console/checks'

const whileLooking = 2_000

/** Findings are asked for again only while the server is still reading what it looks at. */
export const whileReading = ({ state }: { state: { data?: Findings | undefined } }) =>
  state.data?.refreshing ? whileLooking : (false as const)
