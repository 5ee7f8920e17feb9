/**
 * Props that give an element a tooltip: shown on hover, focus and tap by `Tooltips`, and told to a screen reader as the
 * element's description. Nothing without a text.
 */
export const tooltip = (text: string | undefined) =>
  text ? ({ 'aria-description': text, 'data-tooltip': '' } as const) : {}

/** What `tooltip` has marked. */
export const tooltipSelector = '[data-tooltip]'

/** The text of an element that `tooltip` has marked. */
export const tooltipTextOf = (element: Element) => element.getAttribute('aria-description') ?? ''
