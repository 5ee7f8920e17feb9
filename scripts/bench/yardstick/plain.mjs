import { createServer } from 'node:http'
import { columns, rows } from './rows.mjs'

const cell = (row, column) => (column === 'name' ? `<a href="/?row=${row.id}">${row.name}</a>` : row[column])
const line = (row) => `<tr>${columns.map((column) => `<td>${cell(row, column)}</td>`).join('')}</tr>`
const page = `<!DOCTYPE html><html lang="en"><title>Plain HTML</title><link rel="icon" href="data:,"><table>
<thead><tr>${columns.map((column) => `<th>${column}</th>`).join('')}</tr></thead>
<tbody>${rows.map(line).join('\n')}</tbody></table></html>`

/** About as much as SWR answers for ten policies. */
const answer = JSON.stringify({ text: 'x'.repeat(8_000) })

// The page of plain HTML, and what the bare handler reads.
createServer(({ url }, response) => {
  const isPage = url === '/'
  response.setHeader('content-type', isPage ? 'text/html; charset=utf-8' : 'application/json')
  response.end(isPage ? page : answer)
}).listen(Number(process.env.PORT), '127.0.0.1')
