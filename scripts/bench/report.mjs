import { cpus } from 'node:os'

const shown = (value, unit) => {
  const digits = Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0
  return `${value.toFixed(digits)} ${unit}`.trimEnd()
}

const emptyRow = { measured: '', value: '', yardstick: '', ratio: '', 'at most': '', result: '' }

function judge({ name, unit, beside, ratio, most, least, status }, taken) {
  if (!taken) return { row: { ...emptyRow, measured: name, value: 'left out' } }
  const { value, yardstick } = taken
  const times = yardstick ? value / yardstick : undefined
  const isMissed = (ratio && times > ratio) || (most !== undefined && value > most) || (least && value < least)
  return {
    status,
    isMissed: Boolean(isMissed),
    row: {
      ...emptyRow,
      measured: name,
      value: shown(value, unit),
      ...(yardstick && { yardstick: `${shown(yardstick, unit)} (${beside})`, ratio: times.toFixed(2) }),
      'at most': ratio ? `${ratio} times` : most !== undefined ? shown(most, unit) : least ? `${least} or more` : '',
      result: status ? `${status} ${isMissed ? 'missed' : 'met'}` : '',
    },
  }
}

/** Holds what was measured against the budgets: a table, and a line for each that is missed. */
export function judgeAll(budgets, measured) {
  const judged = Object.entries(budgets).map(([id, budget]) => judge(budget, measured[id]))
  const misses = judged.flatMap(({ isMissed, status, row }) => {
    const { measured: name, value, ratio, 'at most': most } = row
    return isMissed ? [`${name}: ${value}${ratio && `, ${ratio} times its yardstick`}; ${status} ${most}`] : []
  })
  return { table: judged.map(({ row }) => row), misses }
}

function markdownTable(rows) {
  const names = Object.keys(rows[0])
  const line = (cells) => `| ${cells.join(' | ')} |`
  return [line(names), line(names.map(() => '---')), ...rows.map((row) => line(Object.values(row)))].join('\n')
}

/** By what, when and where. */
function writtenBy(command) {
  const [{ model }] = cpus()
  return `Written by \`${command}\` on ${new Date().toISOString().slice(0, 10)}: ${model.trim()}, ${cpus().length} cores,
Node.js ${process.versions.node}, ${process.platform}.`
}

/** The document that `--write` writes: when and where it was measured, and the tables. */
export function markdown({ beside, sizes }) {
  return `# Benchmark

${writtenBy('npm run bench -- --write')} Values are medians of several rounds in which one of each is measured in turn; memory is read once, after
2,000 views of the list page at the end of the whole run. The budgets are in
\`scripts/bench/budgets.mjs\`.

## Beside the yardsticks

A bare Next page (20 rows, TanStack Query, no styles), a bare Next handler (signs a request and reads 8 kB) and a page of plain HTML
with the same rows: \`scripts/bench/yardstick\`. Rows are timed in Chromium with a processor 4 times slower, 1.6 Mbit/s and 150 ms
latency, nothing in the cache.

${markdownTable(beside)}

## Sizes

Compressed, until the page is idle.

${markdownTable(sizes)}
`
}

/** The same of the measurement under load. */
export const loadMarkdown = ({ budgets, requests }) => `# Under load

${writtenBy('npm run bench:load -- --write')}
200 people for ten minutes, on the same machine as the console and a sandbox that takes 50 ms for each answer.

${markdownTable(budgets)}

## Requests

A conflict is a save on a policy that somebody else has changed meanwhile.

${markdownTable(requests)}
`

/** The same of manual sync. */
export const syncMarkdown = ({ budgets }) => `# Manual sync

${writtenBy('npm run bench:sync -- --write')}
One job of 10,000 tags to one region, on the same machine as the sandbox, which says yes to 5 % that never arrive or arrive late;
and a console that is killed at 200 moments while it sends.

${markdownTable(budgets)}
`
