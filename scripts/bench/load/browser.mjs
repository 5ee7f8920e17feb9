import { promisify } from 'node:util'
import { brotliDecompress, gunzip } from 'node:zlib'
import { Pool } from 'undici'

const mostMs = 30_000
/** Connections that a browser opens to one host. */
const connections = 6
const decoders = { br: promisify(brotliDecompress), gzip: promisify(gunzip) }
/** A query that failed on the server comes with the page. */
const failedQuery = /\\"status\\":\\"error\\"/
/** What an answer with status 200 says of what it could not read. */
const failureIn = ({ failed, problem }) => problem ?? failed?.policies?.code ?? failed?.runs?.code

/**
 * The requests of one person, each recorded by its kind. People have addresses of their own, as far as the system has them:
 * the console counts attempts to sign in by address.
 */
export function makeBrowser(origin, record, number) {
  const localAddress =
    process.platform === 'linux' ? `127.0.${1 + Math.floor(number / 200)}.${1 + (number % 200)}` : null
  // Below what the server closes by itself: a browser would send such a request again.
  const keepAlive = { keepAliveTimeout: 1_000, keepAliveMaxTimeout: 1_000 }
  const pool = new Pool(origin, { connections, ...keepAlive, ...(localAddress && { localAddress }) })
  let cookie

  async function send(path, { method = 'GET', body, ifMatch, background }) {
    const {
      statusCode,
      headers,
      body: answer,
    } = await pool.request({
      path,
      method,
      headers: {
        'accept-encoding': 'gzip, br',
        ...(cookie && { cookie }),
        ...(method !== 'GET' && { origin, 'content-type': 'application/json' }),
        ...(ifMatch && { 'if-match': `"${ifMatch}"` }),
        ...(background && { 'x-console-background': '1' }),
      },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(mostMs),
    })
    const bytes = Buffer.from(await answer.arrayBuffer())
    const decode = decoders[headers['content-encoding']]
    return { status: statusCode, headers, text: (decode ? await decode(bytes) : bytes).toString() }
  }

  /** The answer, or undefined when there was none. Its time ends with its last byte. */
  async function ask(kind, path, options = {}) {
    const since = performance.now()
    try {
      const answer = await send(path, options)
      record.took(kind, performance.now() - since)
      return answer
    } catch (error) {
      record.took(kind, performance.now() - since)
      const what = error.name === 'TimeoutError' ? `no answer in ${mostMs / 1000} s` : (error.code ?? error.name)
      record.error(kind, what, `${options.method ?? 'GET'} ${path}: ${error.message}`)
    }
  }

  function refuse(kind, path, { status, text }, what = '') {
    record.error(kind, `${status} ${what}`.trim(), `${path}: ${text.slice(0, 300)}`)
  }

  return {
    send,
    signedInWith(given) {
      cookie = given
    },
    close: () => pool.destroy(),
    async page(kind, path) {
      const answer = await ask(kind, path)
      if (!answer) return
      if (answer.status !== 200) return refuse(kind, path, answer)
      const [failed] = failedQuery.exec(answer.text) ?? []
      if (failed) record.error(kind, 'failed query', path)
    },
    /** Parsed JSON; `{ conflict: true }` when somebody else was faster; undefined after an error. */
    async json(kind, path, options) {
      const answer = await ask(kind, path, options)
      if (!answer) return
      let json
      try {
        json = JSON.parse(answer.text)
      } catch {
        return refuse(kind, path, answer, 'no JSON')
      }
      if (answer.status === 409 && json.code === 'changed_meanwhile') {
        record.conflict(kind)
        return { conflict: true }
      }
      if (answer.status !== 200) return refuse(kind, path, answer, json.code)
      const failure = json && failureIn(json)
      if (failure) refuse(kind, path, answer, failure.code ?? failure)
      return json
    },
  }
}
