import { readFileSync } from 'node:fs'

/** Linux tells what each process costs; elsewhere these lines are left out. */
export const isCounted = process.platform === 'linux'

// Linux counts in hundredths of a second for programs (USER_HZ), whatever the machine counts in.
const msPerTick = 10

/** Processor time of all threads since the process began: in the program and in the system for it. */
export function processorMs(pid) {
  // The name of the program, in brackets, may hold spaces.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
  const [user, system] = [fields[11], fields[12]].map(Number)
  return (user + system) * msPerTick
}

export function residentBytes(pid) {
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(kibibytes) * 1024
}
