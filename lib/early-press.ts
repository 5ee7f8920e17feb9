/*
 * Between the first HTML and the moment when React has taken it over, a press on a button would be heard by nobody. A script in
 * the first HTML keeps the last one, and the page carries it out as soon as it is alive. Links lead on by themselves, and what
 * submits a form is disabled until then.
 */

declare global {
  interface Window {
    /** Ends the keeping, and answers the button that was pressed last. */
    takeEarlyPress?: () => HTMLButtonElement | undefined
  }
}

export const earlyPressScript = `(() => {
  let pressed
  const keep = (event) => {
    const button = event.target instanceof Element ? event.target.closest('button[type=button]') : null
    if (!button) return
    event.preventDefault()
    event.stopImmediatePropagation()
    pressed = button
  }
  addEventListener('click', keep, true)
  window.takeEarlyPress = () => {
    removeEventListener('click', keep, true)
    delete window.takeEarlyPress
    return pressed
  }
})()`

/** Carries out what was pressed before the page was alive, where it still stands. */
export function replayEarlyPress() {
  window.takeEarlyPress?.()?.click()
}
