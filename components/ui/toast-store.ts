export interface Notice {
  readonly text: string
  readonly tone: 'ok' | 'bad'
  readonly action?: { readonly label: string; readonly run: () => void }
}

// Only ever filled in the browser: notices are raised by what a person does.
export const listeners = new Set<(notice: Notice) => void>()

/** Tells the outcome of an act that left its place; stays long enough to press its one action. */
export function notify(notice: Notice) {
  for (const listener of listeners) listener(notice)
}
