/** On what a page asks again by itself: it must not keep the session of somebody who is gone from ending. */
export const backgroundHeader = 'x-console-background'

/** Which policy a new one repeats. */
export const basisHeader = 'x-console-basis'

/** The dry run whose outcome somebody agrees to who switches a schedule on. */
export const dryRunHeader = 'x-console-dry-run'
