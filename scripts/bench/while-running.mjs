/**
 * Does `work` while programs run together, and stops them after it. Throws as soon as one of them ends by itself: whatever is
 * measured from then on is worth nothing.
 */
export async function whileRunning({ ended, stop }, work) {
  const failed = ended.then((first) => {
    throw new Error(first ? `The ${first.name} ended (${first.how}).` : 'Interrupted.')
  })
  try {
    return await Promise.race([work(), failed])
  } finally {
    await stop()
  }
}
