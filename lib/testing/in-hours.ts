/**
 * A schedule of every day, at an hour of UTC that is so many hours away. What runs by its schedule in a test that does not ask
 * for it changes what the test looks at, and retention deletes in earnest.
 */
export const inHours = (hours: number): string => `0 30 ${(new Date().getUTCHours() + hours) % 24} * * *`
