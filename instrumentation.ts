/** Runs once per server process before the first request, and not while building. */
export async function register() {
  // Written out so that the bundler can drop the branch from the edge build.
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { startOrExit } = await import('./lib/start')
    await startOrExit()
  }
}
