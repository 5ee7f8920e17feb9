/** The link that a click follows to another page of the console, in this tab; null for any other click. */
export function followedLink(event: MouseEvent): HTMLAnchorElement | null {
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null
  const elsewhere = event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey
  if (elsewhere || !(link instanceof HTMLAnchorElement) || link.target === '_blank') return null
  if (link.origin !== window.location.origin || link.getAttribute('href')?.startsWith('#')) return null
  return link
}
