import { RE2JS } from 're2js'
import type { BasicRule } from '../../contract/console/basic-retention'

/*
 * Exceptions of a rule. SWR is written in Go, so its regular expressions are those of RE2, which a port reads here: no pattern
 * takes longer than its length times that of the tag.
 */

/** Steps of a compiled pattern: `.{1000}` in a row makes as many for each, and as much work for each letter. */
const largestProgram = 2_000

export type ExceptionProblem = 'regexp_syntax' | 'regexp_costly'

type Exception = BasicRule['exceptions'][number]

/** `whole`: the tag is what it says. `part`: it is somewhere in the tag, and whether that is enough is not documented. */
export type Excepted = 'whole' | 'part' | 'no'

export type Matcher = (tag: string) => Excepted

function compile(pattern: string): RE2JS | ExceptionProblem {
  try {
    const read = RE2JS.compile(pattern)
    return read.programSize() > largestProgram ? 'regexp_costly' : read
  } catch {
    return 'regexp_syntax'
  }
}

/** Reads an exception; answers what is wrong with it when it cannot be read. */
export function exceptionMatcher({ kind, pattern }: Exception): Matcher | ExceptionProblem {
  if (kind === 'label') return (tag) => (tag === pattern ? 'whole' : 'no')
  const read = compile(pattern)
  if (typeof read === 'string') return read
  return (tag) => {
    if (!read.matcher(tag).find()) return 'no'
    return read.matches(tag) ? 'whole' : 'part'
  }
}
