/*
 * Between the first HTML and the moment when React has taken it over, a press would be heard by nobody. A script in the first
 * HTML keeps the last one on a button, and each box and radio button that was chosen, and the page carries them out as soon as
 * it is alive. Links lead on by themselves; forms and lists of choices are disabled until then.
 */

interface EarlyPress {
  /** The last that was pressed. */
  readonly button?: HTMLButtonElement
  /** What was chosen, in its order. */
  readonly choices: readonly HTMLInputElement[]
  /** Of the press on the button: 0 when it came from the keyboard. */
  readonly detail: number
  /** Milliseconds since the last of all this. */
  readonly age: number
}

declare global {
  interface Window {
    /** Ends the keeping, and answers the last press. */
    takeEarlyPress?: () => EarlyPress | undefined
  }
}

// What is not carried out at once must not look as if it were: boxes stay as they are, and one that was pressed twice is left.
export const earlyPressScript = `(() => {
  let press = { detail: 0, at: 0 }
  const choices = new Set()
  const keep = (event) => {
    const found = event.target instanceof Element ? event.target.closest('button[type=button],input[type=checkbox],input[type=radio]') : null
    if (!found) return
    event.preventDefault()
    event.stopImmediatePropagation()
    press.at = performance.now()
    if (found instanceof HTMLButtonElement) {
      press.button = found
      press.detail = event.detail
    } else {
      const isTwice = choices.delete(found)
      if (found.type === 'radio')
        for (const other of choices) if (other.type === 'radio' && other.name === found.name) choices.delete(other)
      if (!isTwice || found.type === 'radio') choices.add(found)
    }
  }
  addEventListener('click', keep, true)
  window.takeEarlyPress = () => {
    removeEventListener('click', keep, true)
    delete window.takeEarlyPress
    return press.at > 0 ? { ...press, choices: [...choices], age: performance.now() - press.at } : undefined
  }
})()`

/** Who pressed longer ago has given up, and may not be looking any more. */
const longestWaitMs = 15_000

/** Carries out what was pressed before the page was alive, where it still stands. */
export function replayEarlyPress() {
  const press = window.takeEarlyPress?.()
  if (!press || press.age > longestWaitMs) return
  const { button, choices, detail } = press
  // In a task of its own: only then React takes over first the part of the page where it stands, where it has not yet.
  for (const choice of choices) setTimeout(() => choice.click())
  if (button)
    setTimeout(() => button.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, detail })))
}
