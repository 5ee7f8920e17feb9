import { beginPageChange } from './components/shell/page-change'

/**
 * Next calls it when the router begins to go to another page. Back and forward the router mostly knows the page, and the
 * address changes before.
 */
export function onRouterTransitionStart(address: string, kind: 'push' | 'replace' | 'traverse') {
  if (kind !== 'traverse') beginPageChange(address)
}
