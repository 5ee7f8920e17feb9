/*
 * Sentinels of retention: a repository (the last part of its name), a policy or a tag that is called so, or begins so with a
 * hyphen behind it (`fault-hangs-2`), can be typed to meet what a run of retention seldom shows.
 */
export const retentionFaults = {
  'fault-hangs': 'a repository or a policy: its task, or the run before it has any task, is never finished',
  'fault-whole': 'a repository or a policy: its task, or the run before it has any task, fails, and nothing is deleted',
  'fault-protected': 'a tag: its image is not deleted by a real run, which marks it ERR; a dry run does not know of it',
} as const

export function retentionFault(name: string): keyof typeof retentionFaults | undefined {
  const names = ['fault-hangs', 'fault-whole', 'fault-protected'] as const
  return names.find((fault) => name === fault || name.startsWith(`${fault}-`))
}
