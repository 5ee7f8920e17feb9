import { inspect, stripVTControlCharacters } from 'node:util'
import { pino } from 'pino'

const levels = { debug: 'debug', log: 'info', info: 'info', warn: 'warn', error: 'error', trace: 'debug' }

/** An object may hold anything: only its kind is told. */
function textOf(value) {
  if (typeof value === 'string') return value
  return typeof value === 'object' && value !== null ? `[${value.constructor?.name ?? 'object'}]` : inspect(value)
}

/**
 * Whatever prints by itself, Next and libraries, becomes a line of JSON like ours, with the stacks of errors and without the
 * properties that they carry. What is said before the console has started is Next's banner and left out.
 */
export function logConsole(installed) {
  const log = pino({ base: undefined })
  let redact
  void installed.then((edge) => {
    redact = edge.redact
  })
  for (const [method, level] of Object.entries(levels))
    console[method] = (...values) => {
      const error = values.find((value) => value instanceof Error)
      const words = values.filter((value) => value !== error).map(textOf)
      const said = stripVTControlCharacters(words.join(' ')).trim()
      if ((!said && !error) || (!redact && log.levels.values[level] < log.levels.values.warn)) return
      const line = { printed: true, ...(error && { error: error.name, code: error.code, stack: error.stack }) }
      log[level](redact ? redact(line) : line, redact ? redact(said) : said)
    }
}
