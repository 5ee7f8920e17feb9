/*
 * What the console may cost. A limit holds and must not be lost again; a goal is what we work towards, and becomes a limit
 * once it is reached. The benchmark fails when one of either is missed; `npm run bench -- sizes` looks at `sizeLimits` alone.
 */

/** By the kind of the page: bytes on the wire until it is idle, its requests, and how far its layout may shift. */
export const sizeLimits = {
  list: { html: 14_500, script: 190_000, font: 27_000, requests: 15, shift: 0.01 },
  form: { html: 10_500, script: 230_000, font: 27_000, requests: 15, shift: 0.01 },
}

const bare = 'bare page'

/**
 * What is measured beside the yardsticks, in the order of the table. `beside` names the yardstick; `ratio` is the largest
 * multiple of it that passes, `most` the largest value. A line without a status is only there to be read.
 */
export const budgets = {
  listProcessor: { name: 'Processor time: list page', unit: 'ms', beside: bare, ratio: 2.2, status: 'goal' },
  signInProcessor: { name: 'Processor time: sign-in page', unit: 'ms', beside: bare, ratio: 1.5, status: 'goal' },
  readProcessor: { name: 'Processor time: proxy read', unit: 'ms', beside: 'bare handler', ratio: 2.5, status: 'goal' },
  html: { name: 'HTML of the list page', unit: 'kB', beside: bare, most: 13, status: 'limit' },
  plainHtml: { name: 'HTML of the list page, not compressed', unit: 'kB', beside: bare },
  firstRow: { name: 'First row visible', unit: 'ms', beside: 'plain HTML', ratio: 1.4, status: 'goal' },
  rowLive: { name: 'Row live', unit: 'ms', beside: bare, ratio: 1.35, status: 'goal' },
  script: { name: 'JavaScript of the list page', unit: 'kB', beside: bare, most: 190, status: 'limit' },
  scriptBefore: { name: 'JavaScript requested before the first row', unit: 'kB', beside: bare },
  font: { name: 'Fonts of the list page', unit: 'kB' },
  fontBefore: { name: 'Fonts requested before the first row', unit: 'kB', most: 30, status: 'limit' },
  crowdP95: { name: '50 people at the list page: p95', unit: 'ms', beside: bare, most: 1_500, status: 'limit' },
  crowdRate: { name: '50 people at the list page: pages a second', unit: '/s', beside: bare },
  memory: { name: 'Memory after many views of the list page', unit: 'MB', most: 450, status: 'goal' },
}

const stall = (name) => ({ name: `Longest stall: ${name}`, unit: 'ms', most: 50, status: 'goal' })
const exactly = (name, count) => ({ name, unit: '', least: count, status: 'limit' })

/** `npm run bench -- large`: 10,000 policies, 2,000 repositories, 50,000 tags, 60 instances, 100,000 audit log entries. */
export const largeBudgets = {
  policies: exactly('Policies in the list', 10_000),
  repositories: exactly('Repositories', 2_000),
  tags: exactly('Tags', 50_000),
  auditLines: exactly('Lines of the exported audit log', 100_000),
  firstRead: { name: 'First look at all policies', unit: 's' },
  firstStall: stall('first look at all policies'),
  listProcessor: {
    ...{ name: 'Processor time: list page', unit: 'ms', beside: '100 policies' },
    ...{ ratio: 1.3, status: 'goal' },
  },
  listStall: stall('list page'),
  smallStall: { name: 'Longest stall: list page of 100 policies', unit: 'ms' },
  viewTime: { name: 'Sorted or filtered otherwise, the longest', unit: 'ms', most: 500, status: 'goal' },
  viewStall: stall('sorting and filtering'),
  callsPolicies: { name: 'Requests to SWR a minute for policies', unit: '', most: 15, status: 'goal' },
  calls: { name: 'Requests to SWR a minute', unit: '', most: 120, status: 'goal' },
  steadyStall: stall('a list that is polled'),
  weekSize: { name: 'Week page, not compressed', unit: 'kB', most: 500, status: 'goal' },
  weekTime: { name: 'Week page', unit: 'ms' },
  weekStall: stall('week page'),
  homeTime: { name: 'Page of 60 instances', unit: 'ms' },
  homeStall: stall('page of 60 instances'),
  checksStall: stall('checks, and listing all images'),
  auditTime: { name: 'Audit log', unit: 'ms' },
  auditStall: stall('audit log'),
  exportTime: { name: 'Export of the audit log', unit: 's' },
  exportStall: stall('export of the audit log'),
  heap: { name: 'Heap in use at the end', unit: 'MB' },
  memory: { name: 'Memory at the end', unit: 'MB', most: 700, status: 'goal' },
}

/** `npm run bench:load`: people who use the console for a while, against a sandbox that takes 50 ms for each answer. */
export const loadBudgets = {
  errors: { name: 'Errors', unit: '', most: 0, status: 'limit' },
  loopP99: { name: 'Event loop delay: p99', unit: 'ms', most: 100, status: 'limit' },
  growth: { name: 'Resident memory, last fifth over second fifth', unit: '%', most: 10, status: 'limit' },
  loopMax: { name: 'Event loop delay: longest', unit: 'ms' },
  ownP99: { name: 'Event loop delay of what measures: p99', unit: 'ms' },
  waited: { name: 'Time that the console waited for a free processor', unit: '%' },
  memory: { name: 'Resident memory: most', unit: 'MB' },
  processor: { name: 'Processors in use', unit: '' },
  perRequest: { name: 'Processor time for each request', unit: 'ms' },
  requests: { name: 'Requests', unit: '/s' },
}

/** `npm run bench:sync`: a manual sync of 10,000 tags, of which SWR says yes to 5 % that do not arrive; and a console that is killed. */
export const syncBudgets = {
  cells: exactly('Cells of the job', 10_000),
  falseGreens: { name: 'Cells that are verified and not there', unit: '', most: 0, status: 'limit' },
  verified: { name: 'Cells that are verified', unit: '' },
  planCold: { name: 'Plan, lists read anew', unit: 's' },
  planMany: { name: 'Plan of 500 repositories for 6 regions, no list read', unit: 's' },
  planWarm: { name: 'Plan of 500 repositories for 6 regions, lists read', unit: 's', most: 2, status: 'limit' },
  startMany: { name: 'Start of that job', unit: 'ms', most: 2000, status: 'limit' },
  start: { name: 'Start of the job', unit: 'ms' },
  seconds: { name: 'Until the last cell is settled', unit: 's' },
  listP95: { name: 'List page while it runs: p95', unit: 'ms', most: 100, status: 'goal' },
  historyP95: { name: 'Page of the jobs while it runs: p95', unit: 'ms', most: 100, status: 'goal' },
  changesP95: { name: 'Changed cells while it runs: p95', unit: 'ms', most: 100, status: 'goal' },
  wholeTime: { name: 'All cells at once', unit: 'ms' },
  memory: { name: 'Memory: most', unit: 'MB' },
  kills: { name: 'Moments at which it was killed, nothing sent twice', unit: '', least: 200, status: 'limit' },
}

/** `npm run bench:retention`: the what-if over one namespace of 50,000 tags, while its number is changed. */
export const retentionBudgets = {
  images: exactly('Images of the namespace', 50_000),
  firstPattern: { name: 'First answer for a pattern', unit: 'ms' },
  decideP95: { name: 'Answer for a changed number: p95', unit: 'ms', most: 100, status: 'limit' },
  firstBraces: { name: 'First answer for nested braces', unit: 'ms' },
  bracesP95: { name: 'Answer for a changed number with them: p95', unit: 'ms', most: 100, status: 'limit' },
  paintP50: { name: 'Until a typed number is painted: half', unit: 'ms' },
  paintP95: { name: 'Until a typed number is painted: p95', unit: 'ms', most: 100, status: 'limit' },
  memory: { name: 'Memory of the console at the end', unit: 'MB' },
}
