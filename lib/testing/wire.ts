import 'server-only'
import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface Carried {
  readonly status: number
  readonly body: string
}

/** What happens to a request: `carry` takes it to the other end and brings the answer; null hangs up. */
export type Between = (
  asked: { method: string; path: string; body: string },
  carry: () => Promise<Carried>,
) => Promise<Carried | null>

/** A line to SWR on which answers get lost. Signed headers, the name of the host among them, pass as they are. */
export async function startWire(target: string) {
  const wire = { url: '', between: (async (_, carry) => carry()) as Between, close: async () => {} }
  const { port } = new URL(target)

  async function carried(incoming: IncomingMessage, body: string): Promise<Carried> {
    const { method, url, headers } = incoming
    const outgoing = request({ host: '127.0.0.1', port, method, path: url, headers, agent: false })
    outgoing.end(body)
    const [answer]: IncomingMessage[] = await once(outgoing, 'response')
    return answer ? { status: answer.statusCode ?? 0, body: await text(answer) } : { status: 502, body: '' }
  }

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse) {
    const body = await text(incoming)
    const asked = { method: incoming.method ?? '', path: incoming.url ?? '', body }
    const answer = await wire.between(asked, () => carried(incoming, body))
    if (answer === null) return incoming.socket.destroy()
    return outgoing.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body)
  }

  // Who has asked may be gone before the answer is there.
  const server = createServer((incoming, outgoing) => {
    void serve(incoming, outgoing).catch((error: unknown) => {
      if (!incoming.socket.destroyed) throw error
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address() as AddressInfo
  wire.url = `http://127.0.0.1:${address.port}`
  wire.close = async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  return wire
}
