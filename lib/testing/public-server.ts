import 'server-only'
import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import { publicApiHandler } from '../api/v1/handler'
import { root } from './documentation'

/** The public API on a port of its own, for programs that ask it. */
export class PublicServer {
  /** Addresses that were asked for. */
  readonly asked: string[] = []
  /** What a proxy in front does to a request, once for each: answers itself, before the console is asked or in place of its answer. */
  readonly broken: { readonly path: RegExp; readonly after?: true; readonly status: number; readonly body: string }[] =
    []

  private readonly server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    this.asked.push(`${incoming.method} ${incoming.url}`)
    // A second stands for 55, so that a job of some seconds is followed as one of some minutes is.
    const url = `${this.url}${incoming.url}`.replace('wait=55', 'wait=1')
    const headers = new Headers(
      Object.entries(incoming.headersDistinct).map(([name, [value = ''] = []]) => [name, value]),
    )
    const body = chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}
    const at = this.broken.findIndex(({ path }) => path.test(`${incoming.method} ${incoming.url}`))
    const [broken] = at < 0 ? [] : this.broken.splice(at, 1)
    const ask = () => publicApiHandler(new Request(url, { method: incoming.method ?? '', headers, ...body }))
    if (broken) {
      // Whoever gave up waiting is not told how it went on.
      if (broken.after) void ask()
      outgoing.writeHead(broken.status, { 'content-type': 'application/json' }).end(broken.body)
      return
    }
    const answer = await ask()
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text())
  })

  /** On a port that the console was told. */
  constructor(private readonly port: string) {}

  get url() {
    return `http://127.0.0.1:${this.port}`
  }

  listen(): Promise<void> {
    return new Promise((resolve) => this.server.listen(Number(this.port), '127.0.0.1', resolve))
  }

  async close(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }
}

/** Runs a command as a pipeline does: its exit code, and all that it prints. */
export const inPipeline = (
  line: string,
  env: Readonly<Record<string, string>>,
): Promise<{ code: number; output: string }> =>
  new Promise((resolve) => {
    execFile('bash', ['-c', line], { cwd: root, env: { ...process.env, ...env } }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, output: out + err }),
    )
  })
