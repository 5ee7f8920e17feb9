import type { Instrumentation } from 'next'

/** Runs once per server process before the first request, and not while building. */
export async function register() {
  // Written out so that the bundler can drop the branch from the edge build.
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { startOrExit } = await import('./lib/start')
    await startOrExit()
  }
}

/** What fails while a page or a route is answered, in words of the console's log; Next has no others for it. */
export const onRequestError: Instrumentation.onRequestError = async (error, _request, context) => {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { logRequestError } = await import('./lib/api/request-error')
    logRequestError(error, context)
  }
}
