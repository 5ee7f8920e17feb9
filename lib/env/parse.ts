import 'server-only'
import type { z } from 'zod'

/** The environment while it is read: collects every fault instead of stopping at the first. */
export class EnvReader {
  readonly faults: string[] = []
  readonly source: Readonly<Record<string, string>>

  constructor(
    source: Readonly<Record<string, string | undefined>>,
    readonly readFile: (path: string) => string,
  ) {
    // An empty variable is an unset one: that is how shells and compose files switch them off.
    this.source = Object.fromEntries(Object.entries(source).flatMap(([name, value]) => (value ? [[name, value]] : [])))
  }

  /** Reads a file; a failure becomes a fault. */
  attempt<Result>(place: string, read: () => Result): Result | undefined {
    try {
      return read()
    } catch (error) {
      // Only the kind of failure: a parser's message would quote the file.
      const code = error instanceof Error && 'code' in error ? ` (${error.code})` : ''
      this.faults.push(`${place} cannot be read${code}`)
      return undefined
    }
  }

  /** Checks a value; what is wrong with it becomes faults. */
  take<Schema extends z.ZodType>(schema: Schema, value: unknown, place: string): z.output<Schema> | undefined {
    const parsed = schema.safeParse(value, { reportInput: true })
    if (parsed.success) return parsed.data
    for (const issue of parsed.error.issues) {
      const where = [place, ...issue.path].filter((part) => part !== '').join('.')
      if (issue.input === undefined) this.faults.push(`${where} is missing`)
      else if (issue.code === 'unrecognized_keys')
        this.faults.push(`${where} has unknown keys: ${issue.keys.join(', ')}`)
      else this.faults.push(`${where} ${issue.message}`)
    }
    return undefined
  }
}
