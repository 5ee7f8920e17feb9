/*
 * Between the first HTML and the moment when React has taken it over, a press on a button would be heard by nobody. A script in
 * the first HTML keeps the last one, and the page carries it out as soon as it is alive. Links lead on by themselves; forms and
 * choices are disabled until then.
 */

interface EarlyPress {
  readonly button: HTMLButtonElement
  /** Of the press: 0 when it came from the keyboard. */
  readonly detail: number
  /** Milliseconds since it was made. */
  readonly age: number
}

declare global {
  interface Window {
    /** Ends the keeping, and answers the last press. */
    takeEarlyPress?: () => EarlyPress | undefined
  }
}

export const earlyPressScript = `(() => {
  let pressed
  const keep = (event) => {
    const button = event.target instanceof Element ? event.target.closest('button[type=button]') : null
    if (!button) return
    event.preventDefault()
    event.stopImmediatePropagation()
    pressed = { button, detail: event.detail, at: performance.now() }
  }
  addEventListener('click', keep, true)
  window.takeEarlyPress = () => {
    removeEventListener('click', keep, true)
    delete window.takeEarlyPress
    return pressed && { ...pressed, age: performance.now() - pressed.at }
  }
})()`

/** Who pressed longer ago has given up, and may not be looking any more. */
const longestWaitMs = 15_000

/** Carries out what was pressed before the page was alive, where it still stands. */
export function replayEarlyPress() {
  const press = window.takeEarlyPress?.()
  if (!press || press.age > longestWaitMs) return
  const { button, detail } = press
  // In a task of its own: only then React takes over first the part of the page where it stands, where it has not yet.
  setTimeout(() => button.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, detail })))
}
